//! How much memory something takes.

use std::time::Duration;

use tokio::time::interval;

/// What `work` came to, and the most memory at any moment of it above that
/// before, in bytes.
pub(crate) async fn watched<T>(work: impl Future<Output = T>) -> (T, u64) {
    let idle = resident();
    let mut work = std::pin::pin!(work);
    let (mut most, mut moment) = (idle, interval(Duration::from_millis(100)));
    let done = loop {
        tokio::select! {
            done = &mut work => break done,
            _ = moment.tick() => most = most.max(resident()),
        }
    };
    (done, most.max(resident()) - idle)
}

/// The memory of this process, in bytes.
fn resident() -> u64 {
    let pages = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages = pages.split(' ').nth(1).and_then(|pages| pages.parse().ok());
    pages.unwrap_or(0_u64) * 4096
}

/// For people, rounded up to a tenth.
pub(crate) fn mib(bytes: u64) -> String {
    let tenths = (bytes * 10).div_ceil(1024 * 1024);
    format!("{}.{} MiB", tenths / 10, tenths % 10)
}
