//! What is wrong with a configuration that could be read. Pure: files and the
//! network are the doctor's.

use relink_mastercard::{
    PartnerId,
    model::{Experience, Product},
};
use url::Url;

use super::{Config, Environment, Window};

/// One thing that is wrong, and the key it is wrong at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The key, as in the file.
    pub key: &'static str,
    /// What is wrong, and what to do.
    pub text: String,
}

/// Everything that is wrong; empty when the program may start.
pub fn check(config: &Config) -> Vec<Finding> {
    let mut findings = Findings(Vec::new());
    addresses(config, &mut findings);
    mastercard(config, &mut findings);
    connect(config, &mut findings);
    consent(config, &mut findings);
    institutions(config, &mut findings);
    status(config, &mut findings);
    readings(config, &mut findings);
    outages(config, &mut findings);
    if let Err(error) = crate::sandbox::scenario(config) {
        findings.0.push(Finding {
            key: "sandbox.scenario",
            text: error.to_string(),
        });
    }
    super::notices::check(config, &mut findings);
    super::campaigns::check(config, &mut findings);
    findings.0
}

pub(super) struct Findings(Vec<Finding>);

impl Findings {
    pub(super) fn unless(&mut self, good: bool, key: &'static str, text: &str) {
        if !good {
            self.0.push(Finding {
                key,
                text: text.to_owned(),
            });
        }
    }
}

fn addresses(config: &Config, findings: &mut Findings) {
    let url = &config.public_url;
    let sandbox = config.environment == Environment::Sandbox;
    findings.unless(
        url.scheme() == "https" || (sandbox && url.scheme() == "http"),
        "public_url",
        "must begin with https:// outside the sandbox environment",
    );
    findings.unless(
        url.query().is_none() && url.fragment().is_none() && url.path() == "/",
        "public_url",
        "must be scheme, host and port only",
    );
    findings.unless(
        !sandbox || is_loopback(url),
        "public_url",
        "the sandbox environment serves this machine only: use http://localhost:PORT",
    );
    findings.unless(
        !sandbox || config.listen.ip().is_loopback(),
        "listen",
        "the sandbox environment has open sign-ins and letters: listen on 127.0.0.1",
    );
    findings.unless(
        (1..60).contains(&config.answer_within_seconds),
        "answer_within_seconds",
        "must be between 1 and 59",
    );
    findings.unless(
        sandbox || !config.secret_key_file.as_os_str().is_empty(),
        "secret_key_file",
        "outside the sandbox environment the installation's key must be given: a file of at least 32 random bytes",
    );
    findings.unless(
        config.metrics.address().is_ok(),
        "metrics.listen",
        "must be empty, or an address and port such as \"127.0.0.1:9464\"",
    );
    findings.unless(
        config.traces.endpoint().is_ok(),
        "traces.collector",
        "must be empty, or an address such as \"http://127.0.0.1:4318\"",
    );
    findings.unless(
        config.traces.collector.is_empty() || cfg!(feature = "otel"),
        "traces.collector",
        "this program was built without OpenTelemetry: build it with `--features otel`",
    );
    findings.unless(
        (0.0..=1.0).contains(&config.traces.share),
        "traces.share",
        "must be from 0 to 1",
    );
    for (key, value) in [
        ("operator.help", &config.operator.help),
        ("operator.privacy_url", &config.operator.privacy_url),
    ] {
        let mail = key == "operator.help" && value.contains('@');
        findings.unless(
            value.is_empty() || mail || value.starts_with("https://"),
            key,
            "must be a page that begins with https://",
        );
    }
    findings.unless(
        config.operator.zone().is_some(),
        "operator.zone",
        "write an IANA name such as \"America/New_York\"",
    );
}

fn mastercard(config: &Config, findings: &mut Findings) {
    let section = &config.mastercard;
    let sandbox = config.environment == Environment::Sandbox;
    let base = section.base_url.parse::<Url>();
    findings.unless(
        section.base_url.is_empty() || base.is_ok(),
        "mastercard.base_url",
        "is no web address",
    );
    if let Ok(base) = base {
        findings.unless(
            !sandbox || is_loopback(&base),
            "mastercard.base_url",
            "the sandbox environment calls this machine only; set environment to test-drive or production",
        );
    }
    findings.unless(
        section.timeout_seconds > 0 && section.in_flight > 0,
        "mastercard",
        "timeout_seconds and in_flight must be at least 1",
    );
    if sandbox {
        return;
    }
    findings.unless(
        PartnerId::parse(section.partner_id.clone()).is_ok(),
        "mastercard.partner_id",
        "is missing or no partner id: copy it from the project page of the developer dashboard",
    );
    findings.unless(
        section.partner_secret.is_set() || !section.partner_secret_file.as_os_str().is_empty(),
        "mastercard.partner_secret_file",
        "is missing: name a file that holds the partner secret",
    );
    findings.unless(
        section.app_key.is_set() || !section.app_key_file.as_os_str().is_empty(),
        "mastercard.app_key_file",
        "is missing: name a file that holds the app key",
    );
    findings.unless(
        config.environment != Environment::Production || config.billing_acknowledged,
        "billing_acknowledged",
        "production makes active customers, which Mastercard bills: set it to true to say that you know",
    );
}

fn connect(config: &Config, findings: &mut Findings) {
    let section = &config.connect;
    findings.unless(
        section.experience.is_empty() || Experience::parse(&section.experience).is_ok(),
        "connect.experience",
        "must be empty, `default` or a GUID",
    );
    findings.unless(
        section.decide_after_days > section.remind_after_days,
        "connect.decide_after_days",
        "must be more than remind_after_days",
    );
    findings.unless(
        section.webhook
            || config.environment != Environment::Production
            || section.window == Window::Redirect,
        "connect.webhook",
        "without the webhook the redirect is the only way that tells how a visit ends",
    );
}

fn consent(config: &Config, findings: &mut Findings) {
    let section = &config.consent;
    let texts = [
        ("consent.version", &section.version),
        ("consent.reads", &section.reads),
        ("consent.why", &section.why),
        ("consent.how_long", &section.how_long),
        ("consent.how_to_stop", &section.how_to_stop),
    ];
    for (key, text) in texts {
        findings.unless(
            config.environment != Environment::Production || !text.trim().is_empty(),
            key,
            "is missing: in production people must be told in your own words",
        );
    }
    for (key, texts) in [("consent.es", &section.es), ("consent.fr", &section.fr)] {
        findings.unless(
            matches!(texts.given(), 0 | 4),
            key,
            "must have all four texts or none: half of it would be in another language",
        );
    }
}

fn institutions(config: &Config, findings: &mut Findings) {
    let section = &config.institutions;
    findings.unless(
        section.popular.len() <= 8,
        "institutions.popular",
        "has room for 8 tiles",
    );
    for product in &section.products {
        findings.unless(
            Product::parse(product).is_some(),
            "institutions.products",
            "names a product that Mastercard does not have (transAgg, ach, stateAgg, voi, voa, aha, …)",
        );
    }
    for country in &section.countries {
        findings.unless(
            country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_uppercase()),
            "institutions.countries",
            "wants two-letter codes such as US",
        );
    }
}

fn status(config: &Config, findings: &mut Findings) {
    for error in config.status.faults() {
        findings.0.push(Finding {
            key: "status.codes",
            text: error.to_string(),
        });
    }
}

fn readings(config: &Config, findings: &mut Findings) {
    let (readings, sweep) = (&config.readings, &config.sweep);
    findings.unless(
        readings.stale_after_hours >= 24,
        "readings.stale_after_hours",
        "Mastercard reads once a night: use 24 or more",
    );
    findings.unless(
        sweep.time().is_some(),
        "sweep.at",
        "write a time of day as \"11:00\"",
    );
    findings.unless(
        (1..=24).contains(&sweep.window_hours),
        "sweep.window_hours",
        "use 1 to 24",
    );
    findings.unless(
        sweep.per_second > 0 && sweep.in_flight > 0,
        "sweep.per_second",
        "at least one reading a second, and one at once",
    );
}

fn outages(config: &Config, findings: &mut Findings) {
    for (key, text) in config.outages.faults(&config.sweep) {
        findings.unless(false, key, text);
    }
}

/// Whether a URL can only lead to this machine.
fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        Some(url::Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use figment::{
        Figment,
        providers::{Format, Toml},
    };
    use rstest::rstest;

    use super::*;
    use crate::config::DEFAULTS;

    fn findings(changes: &str) -> Vec<&'static str> {
        let layers = Figment::from(Toml::string(DEFAULTS)).merge(Toml::string(changes));
        let config: Config = layers.extract().unwrap();
        check(&config)
            .into_iter()
            .map(|finding| finding.key)
            .collect()
    }

    #[rstest]
    #[case::plain_http(
        "environment = 'test-drive'\npublic_url = 'http://example.com'",
        "public_url"
    )]
    #[case::a_path("public_url = 'http://localhost:3000/relink'", "public_url")]
    #[case::sandbox_on_the_net("public_url = 'https://example.com'", "public_url")]
    #[case::sandbox_calls_mastercard(
        "[mastercard]\nbase_url = 'https://api.finicity.com'",
        "mastercard.base_url"
    )]
    #[case::no_bill("environment = 'production'", "billing_acknowledged")]
    #[case::no_key("environment = 'production'", "secret_key_file")]
    #[case::no_words("environment = 'production'", "consent.reads")]
    #[case::half_a_language("[consent.es]\nreads = 'a'", "consent.es")]
    #[case::no_secret("environment = 'test-drive'", "mastercard.partner_secret_file")]
    #[case::letters_in_a_file("environment = 'production'", "mail.transport")]
    #[case::experience("[connect]\nexperience = 'my look'", "connect.experience")]
    #[case::days("[connect]\nremind_after_days = 9", "connect.decide_after_days")]
    #[case::tiles(
        "[institutions]\npopular = ['1','2','3','4','5','6','7','8','9']",
        "institutions.popular"
    )]
    #[case::product("[institutions]\nproducts = ['everything']", "institutions.products")]
    #[case::no_code("[status.codes.777]\nemail = 'silent'", "status.codes")]
    #[case::no_number("[status.codes.mfa]\nemail = 'silent'", "status.codes")]
    #[case::widened("[status.codes.1008]\nfixable = true", "status.codes")]
    #[case::zone("[operator]\nzone = 'EST/EDT'", "operator.zone")]
    #[case::stale("[readings]\nstale_after_hours = 1", "readings.stale_after_hours")]
    #[case::listen("listen = '0.0.0.0:3000'", "listen")]
    #[case::metrics("[metrics]\nlisten = 'localhost'", "metrics.listen")]
    #[case::collector("[traces]\ncollector = 'here'", "traces.collector")]
    #[case::traced("[traces]\nshare = 2.0", "traces.share")]
    #[case::patience("answer_within_seconds = 90", "answer_within_seconds")]
    #[case::time("[sweep]\nat = 'noon'", "sweep.at")]
    #[case::window("[sweep]\nwindow_hours = 0", "sweep.window_hours")]
    #[case::pace("[sweep]\nin_flight = 0", "sweep.per_second")]
    #[case::share("[outages]\nshare_percent = 0", "outages.share_percent")]
    #[case::sample("[outages]\nsample = 2", "outages.sample")]
    #[case::outage_window("[outages]\nwindow_hours = 4", "outages.window_hours")]
    #[case::one_institution("[outages]\ninstitutions = 1", "outages.institutions")]
    #[case::no_tries("[outages]\ntries = 0", "outages.tries")]
    #[case::scenario("[sandbox]\nscenario = 'no-such'", "sandbox.scenario")]
    #[case::sender("[mail]\nfrom = 'nobody'", "mail.from")]
    fn a_mistake_is_named_by_its_key(#[case] changes: &str, #[case] key: &str) {
        let found = findings(changes);
        assert!(found.contains(&key), "{found:?}");
    }

    #[test]
    fn a_whole_production_configuration_is_fine() {
        let found = findings(
            "environment = 'production'
            billing_acknowledged = true
            public_url = 'https://relink.example.com'
            secret_key_file = '/run/key'
            [mastercard]
            partner_id = '2445580000000'
            partner_secret_file = '/run/secret'
            app_key_file = '/run/app-key'
            [consent]
            version = '1'
            reads = 'a'
            why = 'b'
            how_long = 'c'
            how_to_stop = 'd'
            [mail]
            transport = 'smtp'
            smtp_url_file = '/run/smtp'",
        );
        assert!(found.is_empty(), "{found:?}");
    }
}
