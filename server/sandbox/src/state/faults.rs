//! Faults that the control page asks for.

use std::time::Duration as RealDuration;

use chrono::Duration;
use serde::{Deserialize, Serialize};

use super::CustomerId;

/// What happens to an event instead of being sent at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WebhookEffect {
    /// It is never sent.
    Lose,
    /// It is sent so much later.
    Delay(Duration),
    /// It is sent twice.
    Double,
    /// It is sent after the next event of its link.
    Reorder,
}

/// A webhook effect and the events it is for.
#[derive(Clone, Debug)]
pub struct WebhookFault {
    /// What happens.
    pub effect: WebhookEffect,
    /// Only events of this type.
    pub event_type: Option<String>,
    /// How many more events it hits.
    pub left: u32,
}

/// What stands where the reply's body should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum BrokenBody {
    /// An error object, as the real service would send it.
    Error,
    /// A page for people, from some proxy on the way.
    Html,
    /// Well-formed JSON that is not the reply.
    Nonsense,
    /// JSON that ends in the middle.
    Truncated,
    /// Nothing.
    Empty,
}

/// Whether the operation does its work before the fault hides its reply.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Work {
    /// The operation is not performed.
    #[default]
    Undone,
    /// It is performed, and its reply lost: what a time-out looks like from outside.
    Done,
}

/// A fault of an API operation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OperationFault {
    /// `operationId` of the description, or `*`.
    pub operation: String,
    /// Only calls for this customer.
    #[serde(default)]
    pub customer: Option<CustomerId>,
    /// HTTP status of the reply; without it and without a body only `latency_ms` acts.
    #[serde(default)]
    pub status: Option<u16>,
    /// `code` of the error object.
    #[serde(default)]
    pub code: Option<u32>,
    /// Replacement of the body; `error` when absent.
    #[serde(default)]
    pub body: Option<BrokenBody>,
    /// Pause before the reply, real milliseconds.
    #[serde(default)]
    pub latency_ms: u64,
    /// `Retry-After`, seconds.
    #[serde(default)]
    pub retry_after: Option<u32>,
    /// Whether the operation's work is done.
    #[serde(default)]
    pub work: Work,
    /// How many more calls it hits; all when absent.
    #[serde(default)]
    pub times: Option<u32>,
}

impl OperationFault {
    /// The pause before the reply.
    pub fn latency(&self) -> RealDuration {
        RealDuration::from_millis(self.latency_ms)
    }

    /// Whether the reply is replaced.
    pub fn replaces_reply(&self) -> bool {
        self.status.is_some() || self.body.is_some()
    }
}

/// Whether the logo host answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum LogoHost {
    /// It does.
    #[default]
    Up,
    /// It takes the request and never answers.
    Dead,
}

/// All faults in force.
#[derive(Default)]
pub struct Faults {
    /// Of API operations, in the order they were asked for.
    pub operations: Vec<OperationFault>,
    /// Of webhooks, in the order they were asked for.
    pub webhooks: Vec<WebhookFault>,
    /// Of the logo host.
    pub logos: LogoHost,
}

impl Faults {
    /// The first fault for `operation`, counted down. `customer` is whom the call
    /// is for, if its path says so.
    pub fn take_operation(
        &mut self,
        operation: &str,
        customer: Option<CustomerId>,
    ) -> Option<OperationFault> {
        let at = self.operations.iter().position(|fault| {
            let named = fault.operation == "*" || fault.operation == operation;
            named && (fault.customer.is_none() || fault.customer == customer)
        })?;
        let fault = self.operations[at].clone();
        if let Some(left) = &mut self.operations[at].times {
            *left = left.saturating_sub(1);
            if *left == 0 {
                self.operations.remove(at);
            }
        }
        Some(fault)
    }

    /// The first effect for an event of `event_type`, counted down.
    pub fn take_webhook(&mut self, event_type: &str) -> Option<WebhookEffect> {
        let at = self.webhooks.iter().position(|fault| {
            fault
                .event_type
                .as_deref()
                .is_none_or(|wanted| wanted == event_type)
        })?;
        let effect = self.webhooks[at].effect;
        self.webhooks[at].left = self.webhooks[at].left.saturating_sub(1);
        if self.webhooks[at].left == 0 {
            self.webhooks.remove(at);
        }
        Some(effect)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_counted_down_and_chosen_by_name() {
        let mut faults = Faults::default();
        faults.operations.push(OperationFault {
            operation: "GetCustomer".to_owned(),
            customer: Some(CustomerId(7)),
            status: Some(500),
            code: None,
            body: None,
            latency_ms: 0,
            retry_after: None,
            work: Work::Undone,
            times: Some(2),
        });
        let (his, others) = (Some(CustomerId(7)), Some(CustomerId(8)));
        assert!(faults.take_operation("CreateToken", None).is_none());
        assert!(faults.take_operation("GetCustomer", others).is_none());
        assert!(faults.take_operation("GetCustomer", his).is_some());
        assert!(faults.take_operation("GetCustomer", his).is_some());
        assert!(faults.take_operation("GetCustomer", his).is_none());

        faults.webhooks.push(WebhookFault {
            effect: WebhookEffect::Lose,
            event_type: Some("done".to_owned()),
            left: 1,
        });
        assert_eq!(faults.take_webhook("added"), None);
        assert_eq!(faults.take_webhook("done"), Some(WebhookEffect::Lose));
        assert_eq!(faults.take_webhook("done"), None);
    }
}
