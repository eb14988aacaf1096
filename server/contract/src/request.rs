//! Is a request one that the description allows?

use std::borrow::Cow;

use http::HeaderMap;
use serde_json::{Map, Value};

use crate::Complaints;
use crate::description::{Description, Operation};

impl Description {
    /// Checks path, query, headers and body of a request. `target` is the path
    /// with its query, as in the request line. An empty query value counts as
    /// absent; where no body is declared, none or `{}` may come.
    pub fn check_request(
        &self,
        method: &str,
        target: &str,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Result<(), Complaints> {
        let Some(operation) = self.operation(method, target) else {
            return Err(vec![format!("{method} {target} is not in the description")]);
        };
        let mut complaints = Vec::new();
        self.check_keys(&operation, headers, &mut complaints);
        self.check_parameters(&operation, target, headers, &mut complaints);
        self.check_body(&operation, headers, body, &mut complaints);
        finish(operation.id, complaints)
    }

    /// One of the alternatives must be met in full.
    fn check_keys(
        &self,
        operation: &Operation<'_>,
        headers: &HeaderMap,
        complaints: &mut Complaints,
    ) {
        let schemes = &self.document["components"]["securitySchemes"];
        let wanted = operation
            .object
            .get("security")
            .unwrap_or(&self.document["security"]);
        let alternatives = wanted
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_object);
        let met = |alternative: &Map<String, Value>| {
            let mut names = alternative
                .keys()
                .filter_map(|key| schemes[key]["name"].as_str());
            names.all(|name| headers.contains_key(name))
        };
        let mut alternatives = alternatives.peekable();
        if alternatives.peek().is_some() && !alternatives.any(met) {
            complaints.push(format!("headers: no alternative of {wanted} is met"));
        }
    }

    fn check_parameters(
        &self,
        operation: &Operation<'_>,
        target: &str,
        headers: &HeaderMap,
        complaints: &mut Complaints,
    ) {
        let query = target.split_once('?').map_or("", |(_, query)| query);
        let mut query: Vec<(Cow<'_, str>, Cow<'_, str>)> =
            url::form_urlencoded::parse(query.as_bytes()).collect();
        let declared = operation.object.get("parameters").and_then(Value::as_array);
        for parameter in declared.into_iter().flatten() {
            let parameter = self.resolve(parameter);
            let name = parameter["name"].as_str().unwrap_or_default();
            let given: Option<String> = match parameter["in"].as_str() {
                Some("path") => {
                    let value = operation
                        .path_values
                        .iter()
                        .find(|(path_name, _)| *path_name == name);
                    value.map(|(_, value)| decode(value))
                }
                Some("query") => {
                    let place = query.iter().position(|(query_name, _)| query_name == name);
                    place
                        .map(|place| query.remove(place).1.into_owned())
                        .filter(|value| !value.is_empty())
                }
                _ => headers
                    .get(name)
                    .and_then(|value| value.to_str().ok())
                    .map(str::to_owned),
            };
            match given {
                Some(text) => self.check_parameter(parameter, name, &text, complaints),
                None if parameter["required"] == true => {
                    complaints.push(format!("{name} is missing"));
                }
                None => {}
            }
        }
        complaints.extend(
            query
                .iter()
                .map(|(name, _)| format!("query parameter {name} is not declared")),
        );
    }

    fn check_parameter(
        &self,
        parameter: &Value,
        name: &str,
        text: &str,
        complaints: &mut Complaints,
    ) {
        let schema = &parameter["schema"];
        let resolved = self.resolve(schema);
        let value = match resolved["type"].as_str() {
            Some("integer") => text
                .parse::<i64>()
                .map_or_else(|_| text.into(), Value::from),
            Some("boolean") => text
                .parse::<bool>()
                .map_or_else(|_| text.into(), Value::from),
            Some("array") => text.split(',').collect(),
            _ => text.into(),
        };
        self.validate(schema, &value, name, complaints);
    }

    fn check_body(
        &self,
        operation: &Operation<'_>,
        headers: &HeaderMap,
        body: &[u8],
        complaints: &mut Complaints,
    ) {
        let Some(declared) = operation.object.get("requestBody") else {
            if !matches!(body.trim_ascii(), b"" | b"{}") {
                complaints.push("a body came where none is declared".into());
            }
            return;
        };
        let schema = &self.resolve(declared)["content"]["application/json"]["schema"];
        let content_type = headers
            .get(http::header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok());
        if !content_type.is_some_and(|value| value.starts_with("application/json")) {
            complaints.push(format!(
                "content type is {content_type:?}, not application/json"
            ));
        }
        match serde_json::from_slice(body) {
            Ok(value) => {
                self.validate(schema, &value, "body", complaints);
                self.check_members(schema, &value, complaints);
            }
            Err(_) => complaints.push("body: not JSON".into()),
        }
    }

    fn check_members(&self, schema: &Value, body: &Value, complaints: &mut Complaints) {
        let strangers = body.as_object().into_iter().flatten().map(|(name, _)| name);
        let strangers = strangers.filter(|name| !self.declares(schema, name));
        complaints.extend(strangers.map(|name| format!("body member {name} is not declared")));
    }

    fn declares(&self, schema: &Value, name: &str) -> bool {
        let schema = self.resolve(schema);
        let own = schema["properties"].get(name).is_some();
        let parts = schema["allOf"].as_array();
        own || parts.is_some_and(|parts| parts.iter().any(|part| self.declares(part, name)))
    }
}

/// A path segment without its percent signs.
fn decode(segment: &str) -> String {
    let plus = segment.replace('+', "%2B");
    let pair = format!("x={plus}");
    url::form_urlencoded::parse(pair.as_bytes())
        .next()
        .map_or_else(String::new, |(_, value)| value.into_owned())
}

pub(crate) fn finish(operation: &str, complaints: Complaints) -> Result<(), Complaints> {
    if complaints.is_empty() {
        Ok(())
    } else {
        Err(complaints
            .into_iter()
            .map(|complaint| format!("{operation}: {complaint}"))
            .collect())
    }
}
