//! Institutions' pictures.

use relink_engine::store::testing::TestStore;
use serde_json::json;

use super::{app::TestApp, db::on_both};

on_both! {
    async fn a_picture_is_harmless_and_ours(db: &TestStore) {
        let app = TestApp::start(db).await;
        let ada = app.user("ada").await;
        let icon = ada.get("/icons/4222").await;
        assert_eq!((icon.status, icon.header("content-type")), (200, "image/svg+xml"));
        assert_eq!(icon.header("content-security-policy"), "sandbox; default-src 'none'; style-src 'unsafe-inline'");
        assert_eq!(icon.header("x-content-type-options"), "nosniff");
        assert!(icon.header("cache-control").contains("max-age=604800"), "{:?}", icon.headers);
        assert!(icon.text.contains("<svg"), "{}", icon.text);
        app.stop().await;
    }

    async fn a_dead_logo_host_leaves_a_letter(db: &TestStore) {
        let app = TestApp::start(db).await;
        let ada = app.user("ada").await;
        app.wish(&json!({ "do": "setLogoHost", "host": "dead" })).await;
        let icon = ada.get("/icons/4222").await;
        assert_eq!((icon.status, icon.header("content-type")), (200, "image/svg+xml"));
        assert!(icon.text.contains(">P</text>"), "the letter of Principal: {}", icon.text);
        assert!(icon.header("cache-control").contains("max-age=86400"), "{:?}", icon.headers);
        // The host is left alone: neither this picture nor another asks again,
        // which would take until the fetch's time limit.
        let begun = tokio::time::Instant::now();
        assert!(ada.get("/icons/4222").await.text.contains("</text>"));
        assert!(ada.get("/icons/5").await.text.contains("</text>"));
        assert!(begun.elapsed() < std::time::Duration::from_secs(3), "{:?}", begun.elapsed());
        app.stop().await;
    }

    async fn what_is_not_there_is_not_found(db: &TestStore) {
        let app = TestApp::start(db).await;
        let ada = app.user("ada").await;
        for path in ["/icons/999999999", "/icons/x", "/icons/-1", "/icons/..%2F..%2Fetc%2Fpasswd"] {
            assert_eq!(ada.get(path).await.status, 404, "{path}");
        }
        app.stop().await;
    }
}
