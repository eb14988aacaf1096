//! Builds the ways out to people, and those who answer on them, from the
//! configuration.

use std::sync::Arc;

use anyhow::Context as _;

use relink_engine::notify::SmsGateway;

use crate::{
    config::{Config, MailTransport, Secret, SmsTransport},
    http::Callers,
    mail::{Outbox, Post},
    sms::{Gateway, Sms},
};

/// The outbox of the sandbox environment, where anything is written to it.
pub(crate) fn outbox(config: &Config) -> anyhow::Result<Option<Outbox>> {
    let letters = config.mail.transport == MailTransport::File;
    let texts = config.sms_transport() == Some(SmsTransport::File);
    Ok(if letters || texts {
        Some(Outbox::open(config.data.join("outbox"))?)
    } else {
        None
    })
}

/// The way out for letters, as configured.
pub fn post(config: &Config) -> anyhow::Result<Post> {
    let (product, url) = (config.operator.product.clone(), config.public_url.clone());
    let zone = config
        .operator
        .zone()
        .context("operator.zone names no time zone")?;
    if let (MailTransport::File, Some(outbox)) = (config.mail.transport, outbox(config)?) {
        return Ok(Post::outbox(&config.mail.from, outbox, product, url, zone)?);
    }
    let smtp = config.mail.smtp_url.or_file(&config.mail.smtp_url_file)?;
    Ok(Post::smtp(&config.mail.from, &smtp, product, url, zone)?)
}

/// The way out for text messages, as configured.
pub fn sms(config: &Config) -> anyhow::Result<Option<Sms>> {
    let (product, url) = (config.operator.product.clone(), config.public_url.clone());
    let section = &config.sms;
    Ok(match config.sms_transport() {
        Some(SmsTransport::Http) => {
            let token = section.token.or_file(&section.token_file)?.into_inner();
            let (base, account) = (section.base_url.clone(), section.account.clone());
            let gateway = Gateway::new(base, account, token, section.from.clone())?;
            Some(Sms::gateway(gateway, product, url))
        }
        Some(SmsTransport::File) => outbox(config)?.map(|outbox| Sms::outbox(outbox, product, url)),
        Some(SmsTransport::Off) | None => None,
    })
}

/// The gateway for text messages, where there is one.
pub(crate) fn gateway(config: &Config) -> anyhow::Result<Option<Arc<dyn SmsGateway>>> {
    Ok(sms(config)?.map(|sms| Arc::new(sms) as Arc<dyn SmsGateway>))
}

/// Who else may call us.
pub(crate) fn callers(config: &Config) -> anyhow::Result<Callers> {
    let (notices, sms) = (&config.notices, &config.sms);
    let bounces = notices.bounce_secret.or_file(&notices.bounce_secret_file)?;
    let texts = match config.sms_transport() {
        Some(SmsTransport::Http) => sms.token.or_file(&sms.token_file)?,
        _ => Secret::default(),
    };
    let set = |secret: Secret| secret.is_set().then(|| secret.into_inner());
    Ok(Callers {
        bounces: set(bounces),
        texts: set(texts),
    })
}
