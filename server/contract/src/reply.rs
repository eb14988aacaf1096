//! Is a reply one that the description promises?

use serde_json::Value;

use crate::Complaints;
use crate::description::Description;
use crate::request::finish;

impl Description {
    /// Checks status and body of a reply to `method` and `target` (a query is
    /// ignored). A body that is no JSON may come only where text is declared;
    /// a status without declared content takes an empty body.
    pub fn check_reply(
        &self,
        method: &str,
        target: &str,
        status: u16,
        body: &[u8],
    ) -> Result<(), Complaints> {
        let Some(operation) = self.operation(method, target) else {
            return Err(vec![format!("{method} {target} is not in the description")]);
        };
        let mut complaints = Vec::new();
        match operation.object["responses"].get(status.to_string()) {
            Some(reply) => {
                self.check_content(&self.resolve(reply)["content"], body, &mut complaints);
            }
            None if self
                .unlisted
                .iter()
                .any(|reply| reply.covers(status, operation.id)) =>
            {
                self.check_unlisted(body, &mut complaints);
            }
            None => complaints.push(format!("status {status} is not listed")),
        }
        finish(operation.id, complaints)
    }

    /// Complaints about the examples the description gives for its own replies:
    /// empty when the list of defects is complete.
    pub fn refused_examples(&self) -> Complaints {
        let mut complaints = Vec::new();
        let replies = self.document["components"]["responses"]
            .as_object()
            .into_iter()
            .flatten();
        for (name, reply) in replies {
            let json = &reply["content"]["application/json"];
            let several = json["examples"].as_object().into_iter().flatten();
            let several = several.map(|(_, example)| &self.resolve(example)["value"]);
            for example in json.get("example").into_iter().chain(several) {
                self.validate(&json["schema"], example, name, &mut complaints);
            }
        }
        complaints
    }

    fn check_content(&self, content: &Value, body: &[u8], complaints: &mut Complaints) {
        let Some(schema) = content.get("application/json").map(|json| &json["schema"]) else {
            if !body.trim_ascii().is_empty() {
                complaints.push("a body came where none is declared".into());
            }
            return;
        };
        match serde_json::from_slice(body) {
            Ok(value) => self.validate(schema, &value, "body", complaints),
            Err(_) if content.get("text/plain").is_some() && !body.is_empty() => {}
            Err(_) => complaints.push("body: not JSON".into()),
        }
    }

    /// An unlisted reply is still an error of the usual form, if it is JSON.
    fn check_unlisted(&self, body: &[u8], complaints: &mut Complaints) {
        if let Ok(value) = serde_json::from_slice(body) {
            let schema = serde_json::json!({ "$ref": "#/components/schemas/ErrorMessage" });
            self.validate(&schema, &value, "body", complaints);
        }
    }
}
