//! A person's browser: cookies, the headers that browsers send, no redirects
//! followed by themselves. Every answer is looked at for what must never show.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use axum::http::{HeaderMap, Method};
use serde_json::Value;

/// What no answer may show: stores, sources, stacks, secrets.
const INTERNALS: [&str; 12] = [
    "sqlx",
    "SQLITE",
    "SELECT ",
    "relation \"",
    "database is locked",
    "PoolClosed",
    "closed pool",
    "panicked",
    "stack backtrace",
    ".rs:",
    "Sandbox-Partner-2026",
    "7d1c4be0a95f4a0c8e3b2f6d90517c3e",
];

/// An answer, read to its end.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map(|value| value.to_str().unwrap())
            .unwrap_or_default()
    }

    /// Where it leads.
    pub(crate) fn location(&self) -> &str {
        self.header("location")
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {}", self.text))
    }

    /// The values between `before` and the next quotation mark, unescaped.
    pub(crate) fn after(&self, before: &str) -> Vec<String> {
        let found = self
            .text
            .split(before)
            .skip(1)
            .filter_map(|rest| rest.split('"').next());
        found.map(|value| value.replace("&amp;", "&")).collect()
    }

    /// Fails unless it is a page of this status with these words.
    #[track_caller]
    pub(crate) fn shows(&self, status: u16, words: &str) {
        assert_eq!(self.status, status, "{}", self.text);
        assert!(self.text.contains(words), "no {words:?} in {}", self.text);
    }

    /// Fails unless it leads to `target`.
    #[track_caller]
    pub(crate) fn leads_to(&self, target: &str) {
        assert_eq!(
            (self.status, self.location()),
            (303, target),
            "{}",
            self.text
        );
    }

    fn check(self) -> Self {
        for internal in INTERNALS {
            assert!(
                !self.text.contains(internal),
                "{internal:?} shows in {}",
                self.text
            );
        }
        self
    }
}

/// A browser.
pub(crate) struct Browser {
    /// Where the program really listens.
    base: String,
    /// What the browser thinks it talks to.
    origin: String,
    client: reqwest::Client,
    cookies: Mutex<BTreeMap<String, String>>,
    seen: Mutex<Vec<Answer>>,
}

impl Browser {
    pub(crate) fn new(base: &str, origin: &str) -> Self {
        Self {
            base: base.to_owned(),
            origin: origin.to_owned(),
            client: client(),
            cookies: Mutex::default(),
            seen: Mutex::default(),
        }
    }

    /// Another browser that stole the cookies of this one.
    pub(crate) fn copy(&self) -> Self {
        let other = Self::new(&self.base, &self.origin);
        *other.cookies.lock().unwrap() = self.cookies.lock().unwrap().clone();
        other
    }

    pub(crate) fn cookie(&self) -> Option<String> {
        self.cookies.lock().unwrap().values().next().cloned()
    }

    /// All that this browser was ever shown.
    pub(crate) fn seen(&self) -> Vec<Answer> {
        self.seen
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(
            Method::GET,
            path,
            &[("sec-fetch-site", "same-origin")],
            None,
        )
        .await
    }

    /// A form of our own page.
    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let origin = self.origin.clone();
        self.post_from(
            path,
            fields,
            &[("origin", &origin), ("sec-fetch-site", "same-origin")],
        )
        .await
    }

    /// A form, with what the browser says of where it comes from.
    pub(crate) async fn post_from(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        from: &[(&str, &str)],
    ) -> Answer {
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(fields);
        let mut headers = vec![("content-type", "application/x-www-form-urlencoded")];
        headers.extend_from_slice(from);
        self.send(Method::POST, path, &headers, Some(body.finish()))
            .await
    }

    /// A server function that takes JSON.
    pub(crate) async fn call(&self, name: &str, arguments: &Value) -> Answer {
        let origin = self.origin.clone();
        let headers = [
            ("content-type", "application/json"),
            ("accept", "application/json"),
            ("origin", &*origin),
            ("sec-fetch-site", "same-origin"),
        ];
        self.send(
            Method::POST,
            &format!("/rpc/{name}"),
            &headers,
            Some(arguments.to_string()),
        )
        .await
    }

    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<String>,
    ) -> Answer {
        let request = self.request(method, path, headers);
        let answer = read(request.body(body.unwrap_or_default()).send().await.unwrap()).await;
        self.keep_cookies(&answer);
        self.seen.lock().unwrap().push(answer.clone());
        answer.check()
    }

    /// An answer that goes on: its status, and what comes piece by piece.
    pub(crate) async fn follow(&self, path: &str) -> reqwest::Response {
        let headers = [
            ("accept", "text/event-stream"),
            ("sec-fetch-site", "same-origin"),
        ];
        let request = self.request(Method::GET, path, &headers);
        request.send().await.unwrap()
    }

    fn request(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
    ) -> reqwest::RequestBuilder {
        let path = path.strip_prefix(&self.origin).unwrap_or(path);
        let mut request = self.client.request(method, format!("{}{path}", self.base));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let cookies = self.cookies.lock().unwrap().clone();
        if !cookies.is_empty() {
            let line: Vec<String> = cookies
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            request = request.header("cookie", line.join("; "));
        }
        request
    }

    fn keep_cookies(&self, answer: &Answer) {
        let mut cookies = self.cookies.lock().unwrap();
        for line in answer.headers.get_all("set-cookie") {
            let line = line.to_str().unwrap();
            let (name, value) = line.split(';').next().unwrap().split_once('=').unwrap();
            if value.is_empty() || line.contains("Max-Age=0") {
                cookies.remove(name);
            } else {
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

pub(crate) async fn read(reply: reqwest::Response) -> Answer {
    let (status, headers) = (reply.status().as_u16(), reply.headers().clone());
    Answer {
        status,
        headers,
        text: reply.text().await.unwrap(),
    }
}

#[expect(clippy::disallowed_methods, reason = "the tests' one client")]
pub(crate) fn client() -> reqwest::Client {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        // Each request asks whoever listens now, also after a restart.
        .pool_max_idle_per_host(0)
        .timeout(Duration::from_mins(1))
        .build()
        .unwrap()
}
