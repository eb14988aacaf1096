//! What runs beside requests.

use std::sync::Arc;

use super::Program;
use crate::directory;

impl Program {
    /// Starts it; it ends with the program's tasks.
    pub fn run_beside(&self) {
        let (tasks, stop) = (&self.tasks, self.tasks.stop_signal());
        drop(tasks.spawn("jobs", Arc::clone(&self.worker).run(tasks.clone())));
        let institutions = Arc::clone(&self.app.institutions);
        drop(tasks.spawn("directory", directory::follow(institutions, stop.clone())));
        let (store, stop) = (self.app.store.clone(), stop.clone());
        let work_off = async move { store.work_off_log(&stop).await };
        drop(tasks.spawn("database log", work_off));
    }
}
