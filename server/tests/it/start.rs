//! What the program refuses to start with, and how it says so.

use std::sync::Arc;

use relink_engine::{store::testing::TestStore, time::SystemClock};
use relink_server::{
    assembly,
    config::{Config, Window},
};

use super::app::configuration;

/// Why the program does not start with a window of this kind.
async fn refusal(window: Window, change: impl FnOnce(&Config)) -> Option<String> {
    let (db, folder) = (TestStore::sqlite().await, tempfile::tempdir().unwrap());
    let mut config = configuration(folder.path(), &db.url);
    config.connect.window = window;
    change(&config);
    let clock = Arc::new(SystemClock);
    let built = assembly::build(&config, clock.clone(), clock).await;
    built.err().map(|error| format!("{error:#}"))
}

#[tokio::test]
async fn windows_of_ours_need_the_sdk_in_the_build() {
    for window in [Window::Embedded, Window::Popup] {
        let why = refusal(window, |_| {}).await;
        let why = why.unwrap_or_else(|| panic!("{window:?} starts without the SDK"));
        for word in [
            "connect.window",
            "connect-web-sdk",
            "make build",
            "redirect",
        ] {
            assert!(why.contains(word), "no {word} in {why}");
        }
        let with_sdk = |config: &Config| {
            let assets = r#"{"css":"/a.css","js":"/a.js","wasm":"/a.wasm","sdk":"/sdk.js"}"#;
            std::fs::write(config.site.join("pkg/assets.json"), assets).unwrap();
        };
        assert_eq!(refusal(window, with_sdk).await, None);
    }
    assert_eq!(refusal(Window::Redirect, |_| {}).await, None);
}

#[tokio::test]
async fn a_missing_browser_part_is_named_with_what_makes_it() {
    let remove = |config: &Config| std::fs::remove_dir_all(&config.site).unwrap();
    let why = refusal(Window::Redirect, remove).await.unwrap();
    assert!(
        why.contains("assets.json") && why.contains("make run"),
        "{why}"
    );
}
