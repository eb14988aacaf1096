//! Walks through the router, with a world that notes what it is asked for.

mod fix;
mod lite;
mod oauth;
mod pages;

use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::response::Response;
use chrono::{DateTime, Duration, Utc};
use http::{HeaderMap, Request, StatusCode};
use serde_json::{Value, json};
use tower::ServiceExt;

use super::*;
use crate::people::{self, AccountSeed, Person};
use crate::state::{
    AccountId, CustomerId, FixAnswer, InstitutionId, LinkId, LoginId, StatusCode as Code,
};

const PLAIN: InstitutionId = InstitutionId::new(102_105);
const OAUTH: InstitutionId = InstitutionId::new(102_176);
const LOGIN: LoginId = LoginId(5);
const BACK: &str = "http://localhost:3000/back?ref=1";

type Recorded = (String, Value, Option<&'static str>);

struct Fake {
    now: Mutex<DateTime<Utc>>,
    reach: Mutex<Reach>,
    link: Mutex<Result<Link, LinkFault>>,
    login: Mutex<Option<Login>>,
    customer_gone: Mutex<bool>,
    events: Mutex<Vec<Recorded>>,
    completed: Mutex<Vec<LinkId>>,
    ids: AtomicU8,
}

impl World for Fake {
    fn now(&self) -> DateTime<Utc> {
        *self.now.lock().unwrap()
    }

    fn random(&self) -> [u8; 16] {
        [self.ids.fetch_add(1, Ordering::Relaxed); 16]
    }

    fn open_link(&self, query: &str) -> Result<Link, LinkFault> {
        assert_eq!(query, "signed=1");
        self.link.lock().unwrap().clone()
    }

    fn complete_link(&self, link: &LinkId) {
        self.completed.lock().unwrap().push(link.clone());
    }

    fn institution(&self, id: InstitutionId) -> Option<Institution> {
        Some(Institution {
            id,
            home: id,
            name: "Bank <&> Trust".into(),
            oauth: id == OAUTH,
            colour: Some("#ffcc00".into()),
            url_home: None,
            reach: *self.reach.lock().unwrap(),
        })
    }

    fn login(&self, customer: CustomerId, login: LoginId) -> Option<Login> {
        assert_eq!((customer, login), (CustomerId(7), LOGIN));
        self.login.lock().unwrap().clone()
    }

    fn connect(
        &self,
        _: &LinkId,
        _: InstitutionId,
        _: &'static Person,
        seeds: &[AccountSeed],
    ) -> Vec<Value> {
        if *self.customer_gone.lock().unwrap() {
            return vec![];
        }
        seeds
            .iter()
            .map(|seed| json!({"id": seed.key, "institutionLoginId": 5}))
            .collect()
    }

    fn repair(&self, _: &LinkId, login: LoginId) -> Vec<Value> {
        assert_eq!(login, LOGIN);
        vec![json!({"id": "1", "institutionLoginId": 5})]
    }

    fn record_event(&self, _: &LinkId, kind: &str, payload: Value, trigger: Option<&'static str>) {
        self.events
            .lock()
            .unwrap()
            .push((kind.into(), payload, trigger));
    }
}

/// A person with a browser that runs no script.
struct Walk {
    world: Arc<Fake>,
    visits: Arc<Visits>,
    app: Router,
    /// Where the browser stands.
    at: String,
    html: String,
    headers: HeaderMap,
    status: StatusCode,
}

fn link(flow: Flow) -> Link {
    Link {
        id: LinkId("sig".into()),
        customer: CustomerId(7),
        flow,
        redirect_uri: Some(BACK.into()),
        account_types: None,
    }
}

impl Walk {
    fn with(link: Result<Link, LinkFault>) -> Self {
        let world = Arc::new(Fake {
            now: Mutex::new(DateTime::from_timestamp(1_790_000_000, 0).unwrap()),
            reach: Mutex::new(Reach::Online),
            link: Mutex::new(link),
            login: Mutex::new(None),
            customer_gone: Mutex::new(false),
            events: Mutex::default(),
            completed: Mutex::default(),
            ids: AtomicU8::new(1),
        });
        let visits = Arc::<Visits>::default();
        let app = router_with(world.clone(), visits.clone());
        let (at, html) = (String::new(), String::new());
        Self {
            world,
            visits,
            app,
            at,
            html,
            headers: HeaderMap::new(),
            status: StatusCode::OK,
        }
    }

    fn lite(institution: InstitutionId) -> Self {
        Self::with(Ok(link(Flow::Lite(institution))))
    }

    /// A Fix of a login of `person` whose one account has `code`.
    fn fix(institution: InstitutionId, person: &str, code: Option<u32>) -> Self {
        let walk = Self::with(Ok(link(Flow::Fix(LOGIN))));
        let account = LoginAccount {
            id: AccountId(1),
            name: "Everyday Checking".into(),
            mask: "4821".into(),
            code: code.map(Code),
        };
        let person = people::person(person).unwrap().username.clone();
        *walk.world.login.lock().unwrap() = Some(Login {
            institution,
            home: institution,
            answer: FixAnswer::Honest,
            person,
            accounts: vec![account],
        });
        walk
    }

    async fn send(&mut self, request: Request<Body>) -> Response {
        self.app.clone().oneshot(request).await.unwrap()
    }

    /// Follows redirects as a browser does, to the page that stands at the end.
    async fn load(&mut self, request: Request<Body>) -> &mut Self {
        let mut path = request.uri().to_string();
        let mut response = self.send(request).await;
        while response.status() == StatusCode::SEE_OTHER {
            path = response.headers()["location"].to_str().unwrap().to_owned();
            let request = Request::get(&path).body(Body::empty()).unwrap();
            response = self.send(request).await;
        }
        self.at = path;
        self.status = response.status();
        self.headers = response.headers().clone();
        let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
        self.html = String::from_utf8(body.to_vec()).unwrap();
        self
    }

    async fn get(&mut self, path: &str) -> &mut Self {
        let request = Request::get(path).body(Body::empty()).unwrap();
        self.load(request).await
    }

    async fn open(&mut self) -> &mut Self {
        self.get("/?signed=1").await
    }

    async fn post(&mut self, path: &str, form: &str) -> &mut Self {
        let request = Request::post(path)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(form.to_owned()))
            .unwrap();
        self.load(request).await
    }

    /// Posts to a step of the visit; panics if the page has no such form.
    async fn submit(&mut self, step: &str, form: &str) -> &mut Self {
        let base = self.at.split('?').next().unwrap().to_owned();
        let action = format!("{base}/{step}");
        assert!(
            self.html.contains(&format!("action=\"{action}")),
            "no form {step} in {}",
            self.html
        );
        self.post(&action, form).await
    }

    async fn sign_in(&mut self, username: &str, password: &str) -> &mut Self {
        self.submit(
            "sign-in",
            &format!("username={username}&password={password}"),
        )
        .await
    }

    fn pass(&self, time: Duration) {
        *self.world.now.lock().unwrap() += time;
    }

    fn heading(&self) -> &str {
        let from = self.html.find("<h1>").expect("a page has a heading") + 4;
        let to = self.html[from..].find("</h1>").unwrap();
        &self.html[from..from + to]
    }

    fn events(&self) -> Vec<String> {
        self.world
            .events
            .lock()
            .unwrap()
            .iter()
            .map(|(kind, ..)| kind.clone())
            .collect()
    }

    fn event(&self, kind: &str) -> Recorded {
        let events = self.world.events.lock().unwrap();
        events
            .iter()
            .rfind(|(found, ..)| found == kind)
            .cloned()
            .expect(kind)
    }

    /// An attribute of the page's main part, unescaped.
    fn data(&self, name: &str) -> String {
        let mark = format!("data-{name}=\"");
        let from = self.html.find(&mark).expect(name) + mark.len();
        let to = self.html[from..].find('"').unwrap();
        let value = &self.html[from..from + to];
        value.replace("&quot;", "\"").replace("&amp;", "&")
    }

    /// The query that the end puts behind the redirect address.
    fn returned(&self) -> String {
        let url = self.data("return");
        url.strip_prefix(BACK)
            .expect("the own query is kept")
            .trim_start_matches('&')
            .to_owned()
    }

    async fn state(&mut self) -> Value {
        let base = self
            .at
            .split('?')
            .next()
            .unwrap()
            .replace("/institution/", "/connect/");
        let request = Request::get(format!("{base}/state"))
            .body(Body::empty())
            .unwrap();
        let response = self.send(request).await;
        serde_json::from_slice(&to_bytes(response.into_body(), 1 << 16).await.unwrap()).unwrap()
    }
}
