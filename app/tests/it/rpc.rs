//! The review list of what a browser can call.

use leptos::server_fn::axum::server_fn_paths;

#[test]
fn server_functions_are_these() {
    let mut paths: Vec<_> = server_fn_paths()
        .map(|(path, method)| format!("{method} {path}"))
        .collect();
    paths.sort();
    assert_eq!(
        paths,
        [
            "GET /rpc/accounts",
            "GET /rpc/institution",
            "GET /rpc/search",
            "GET /rpc/session",
            "POST /rpc/keep",
            "POST /rpc/remove",
            "POST /rpc/repair",
            "POST /rpc/start",
        ]
    );
}
