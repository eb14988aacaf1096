//! A Mastercard that does as it is told.

use super::*;

/// What the fake Mastercard knows, and what it was asked.
#[derive(Default)]
pub(super) struct World {
    pub(super) customers: BTreeMap<String, String>,
    /// Of which kind a customer is that is looked up.
    pub(super) kind: Option<&'static str>,
    pub(super) accounts: Vec<SimpleAccount>,
    pub(super) deleted: Vec<String>,
    pub(super) calls: Vec<&'static str>,
    /// Customers whose accounts nobody can read, and why.
    pub(super) unreadable: BTreeMap<String, Cause>,
    /// The next calls of this name fail: before their effect, or after.
    pub(super) fail: Option<(&'static str, Cause, Effect)>,
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Effect {
    None,
    Done,
}

#[derive(Default)]
pub(super) struct Fake(Mutex<World>);

impl Fake {
    pub(super) fn with<T>(&self, look: impl FnOnce(&mut World) -> T) -> T {
        look(&mut self.0.lock().unwrap())
    }

    fn call<T>(&self, name: &'static str, work: impl FnOnce(&mut World) -> T) -> Result<T, Error> {
        self.with(|world| {
            world.calls.push(name);
            match world.fail.clone().filter(|(failing, ..)| *failing == name) {
                None => Ok(work(world)),
                Some((_, cause, effect)) => {
                    if effect == Effect::Done {
                        work(world);
                    }
                    Err(failed(cause))
                }
            }
        })
    }

    pub(super) fn count(&self, name: &str) -> usize {
        self.with(|world| world.calls.iter().filter(|call| **call == name).count())
    }

    pub(super) fn opens(&self, id: &str, login: &str, code: Option<i64>) {
        let account = account(id, login, code);
        self.with(|world| {
            world.accounts.retain(|known| known.id != account.id);
            world.accounts.push(account);
        });
    }
}

fn failed(cause: Cause) -> Error {
    Error {
        operation: Operation::AddCustomer,
        reference: RequestReference::new("r"),
        cause,
    }
}

pub(super) fn account(id: &str, login: &str, code: Option<i64>) -> SimpleAccount {
    let mut account = json!({
        "id": id, "accountNumberDisplay": format!("xx{id}"), "name": format!("Checking {id}"), "type": "checking",
        "status": "active", "customerId": "c", "institutionId": CHASE.to_string(), "createdDate": 1_800_000_000,
        "currency": "USD", "institutionLoginId": login,
    });
    if let Some(code) = code {
        account["aggregationStatusCode"] = code.into();
        account["aggregationAttemptDate"] = 1_800_000_000.into();
        if code == 0 {
            account["aggregationSuccessDate"] = 1_800_000_000.into();
        }
    }
    serde_json::from_value(account).unwrap()
}

#[async_trait]
impl AccountsUpstream for Fake {
    async fn accounts(&self, customer: &CustomerId) -> Result<Vec<SimpleAccount>, Error> {
        let unreadable = self.with(|world| world.unreadable.get(customer.as_str()).cloned());
        if let Some(cause) = unreadable {
            self.call("accounts", |_| ())?;
            return Err(failed(cause));
        }
        // An account belongs to whom it names; "c" is everybody.
        self.call("accounts", |world| {
            let mine = |account: &&SimpleAccount| {
                ["c", customer.as_str()].contains(&account.customer_id.as_str())
            };
            world.accounts.iter().filter(mine).cloned().collect()
        })
    }
}

#[async_trait]
impl ConnectUpstream for Fake {
    async fn add_customer(&self, _: CustomerKind, new: &NewCustomer) -> Result<Enrolment, Error> {
        self.call("add", |world| {
            if world.customers.contains_key(new.username.as_str()) {
                return Enrolment::UsernameTaken;
            }
            let id = format!("c{}", world.customers.len());
            world.customers.insert(new.username.to_string(), id.clone());
            Enrolment::Created(customer(&id, new.username.as_str(), None))
        })
    }

    async fn find_customer(&self, username: &Username) -> Result<Option<Customer>, Error> {
        self.call("find", |world| {
            world
                .customers
                .get(username.as_str())
                .map(|id| customer(id, username.as_str(), world.kind))
        })
    }

    async fn delete_customer(&self, customer: &CustomerId) -> Result<Deletion, Error> {
        self.call("delete customer", |world| {
            let before = world.customers.len();
            world.customers.retain(|_, id| id != customer.as_str());
            if world.customers.len() == before {
                Deletion::AlreadyGone
            } else {
                Deletion::Deleted
            }
        })
    }

    async fn generate_lite(&self, request: &LiteRequest) -> Result<ConnectLink, Error> {
        let webhook = request
            .options
            .webhook
            .as_ref()
            .expect("a webhook")
            .url
            .clone();
        self.call("generate", |_| {
            let link = format!("https://connect2.finicity.com/?webhook={webhook}");
            ConnectLink::parse(SecretString::from(link)).unwrap()
        })
    }

    async fn generate_fix(&self, request: &FixRequest) -> Result<ConnectLink, Error> {
        let login = request.institution_login.clone();
        self.call("fix", |_| {
            let link = format!("https://connect2.finicity.com/?login={login}");
            ConnectLink::parse(SecretString::from(link)).unwrap()
        })
    }

    async fn refresh_login(
        &self,
        _: &CustomerId,
        _: &InstitutionLoginId,
        _: RefreshApi,
    ) -> Result<(), Error> {
        self.call("refresh", |_| ())
    }

    async fn delete_account(
        &self,
        _: &CustomerId,
        account: &UpstreamId,
    ) -> Result<Deletion, Error> {
        self.call("delete account", |world| {
            world.deleted.push(account.to_string());
            Deletion::Deleted
        })
    }

    async fn delete_login(
        &self,
        _: &CustomerId,
        login: &InstitutionLoginId,
    ) -> Result<Deletion, Error> {
        self.call("delete login", |world| {
            world.deleted.push(login.to_string());
            Deletion::Deleted
        })
    }
}

fn customer(id: &str, username: &str, kind: Option<&str>) -> Customer {
    serde_json::from_value(
        json!({ "id": id, "username": username, "type": kind, "createdDate": 1_800_000_000 }),
    )
    .unwrap()
}
