//! Everything that the program logs while the tests run.

use std::{
    io,
    sync::{Mutex, Once, PoisonError},
};

use tracing_subscriber::{EnvFilter, fmt::MakeWriter};

static LINES: Mutex<Vec<u8>> = Mutex::new(Vec::new());
static START: Once = Once::new();

struct Kept;

impl io::Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LINES
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct Keeps;

impl<'a> MakeWriter<'a> for Keeps {
    type Writer = Kept;

    fn make_writer(&'a self) -> Kept {
        Kept
    }
}

/// Keeps the log from here on, at a level no operator would dare. The sandbox
/// is another party: it may know its own links.
pub(crate) fn keep() {
    START.call_once(|| {
        let filter = EnvFilter::new("debug,relink_server=trace,relink_engine=trace,relink_mastercard=trace,relink_sandbox=off");
        tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false).with_writer(Keeps).init();
    });
}

/// What was logged so far.
pub(crate) fn kept() -> String {
    String::from_utf8_lossy(&LINES.lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
}
