//! The description: found, mended, and asked for operations.

use std::collections::HashMap;
use std::env;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use jsonschema::{Draft, Validator};
use serde_json::{Map, Value, json};

use crate::Complaints;
use crate::defects::{Defects, UnlistedReply};

/// The official description, mended where it contradicts itself.
pub struct Description {
    pub(crate) document: Value,
    pub(crate) unlisted: Vec<UnlistedReply>,
    validators: Mutex<HashMap<String, Arc<Validator>>>,
}

/// An operation of the description, found by a request's method and path.
pub struct Operation<'a> {
    /// The official `operationId`.
    pub id: &'a str,
    pub(crate) object: &'a Map<String, Value>,
    pub(crate) path_values: Vec<(&'a str, String)>,
}

impl Description {
    /// The description, or `None` when the file is not there: then a line that
    /// names the running test says that it is skipped.
    ///
    /// # Panics
    ///
    /// With `CI=true`, when the file is not there; always, when it is broken.
    #[expect(clippy::print_stderr, reason = "a skip must be seen")]
    pub fn load() -> Option<Self> {
        let path = Self::path();
        let Ok(text) = std::fs::read_to_string(&path) else {
            let in_ci = env::var("CI").is_ok_and(|ci| ci == "true");
            assert!(
                !in_ci,
                "the official description is missing at {}",
                path.display()
            );
            let test = std::thread::current().name().unwrap_or("a test").to_owned();
            eprintln!("SKIP {test}: no official description at {}", path.display());
            return None;
        };
        Some(Self::read(&text))
    }

    fn path() -> PathBuf {
        env::var_os("RELINK_OPENAPI").map_or_else(
            || {
                PathBuf::from(env!("CARGO_MANIFEST_DIR"))
                    .join("../../../shared/openapi/data-connect.yaml")
            },
            PathBuf::from,
        )
    }

    fn read(text: &str) -> Self {
        let mut document: Value = serde_yaml_ng::from_str(text).expect("the description is YAML");
        let defects = Defects::load();
        for mend in &defects.mend {
            mend.apply(&mut document);
        }
        Self {
            document,
            unlisted: defects.replies,
            validators: Mutex::default(),
        }
    }

    /// The operation of a method and a concrete path (a query is ignored).
    /// Literal segments win over parameters, so `/webhooks/events` is the
    /// catalogue and not a subscription.
    pub fn operation(&self, method: &str, path: &str) -> Option<Operation<'_>> {
        let path = path.split('?').next().unwrap_or_default();
        let wanted: Vec<&str> = path.split('/').collect();
        let method = method.to_ascii_lowercase();
        let paths = self.document["paths"].as_object()?;
        let found = paths.iter().filter_map(|(template, item)| {
            let object = item.get(&method)?.as_object()?;
            Some((matches(template, &wanted)?, object))
        });
        let (path_values, object) = found.min_by_key(|(values, _)| values.len())?;
        Some(Operation {
            id: object["operationId"].as_str()?,
            object,
            path_values,
        })
    }

    /// Every operation, as method, path template and `operationId`.
    pub fn operations(&self) -> Vec<(String, String, String)> {
        let paths = self.document["paths"].as_object().into_iter().flatten();
        let all = paths.flat_map(|(path, item)| {
            let methods = item.as_object().into_iter().flatten();
            methods.filter_map(move |(method, object)| {
                let id = object.get("operationId")?.as_str()?;
                Some((method.to_ascii_uppercase(), path.clone(), id.to_owned()))
            })
        });
        all.collect()
    }

    /// Follows a `$ref`, however often.
    pub(crate) fn resolve<'a>(&'a self, mut value: &'a Value) -> &'a Value {
        while let Some(reference) = value.get("$ref").and_then(Value::as_str) {
            let pointer = reference.trim_start_matches('#');
            value = self
                .document
                .pointer(pointer)
                .unwrap_or_else(|| panic!("{reference} leads nowhere"));
        }
        value
    }

    /// Checks a value against a schema of the document; adds what is wrong.
    pub(crate) fn validate(
        &self,
        schema: &Value,
        value: &Value,
        what: &str,
        complaints: &mut Complaints,
    ) {
        let validator = self.validator(schema);
        complaints.extend(validator.iter_errors(value).map(|error| {
            let place = error.instance_path().to_string();
            format!("{what}{place}: {error}")
        }));
    }

    fn validator(&self, schema: &Value) -> Arc<Validator> {
        let key = schema.to_string();
        let mut validators = self
            .validators
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        Arc::clone(validators.entry(key).or_insert_with(|| {
            // OpenAPI 3.0 schemas are closest to draft 4.
            let root = json!({ "allOf": [schema], "components": self.document["components"] });
            let options = jsonschema::options()
                .with_draft(Draft::Draft4)
                .should_validate_formats(true);
            let built = options.should_ignore_unknown_formats(true).build(&root);
            Arc::new(
                built.unwrap_or_else(|error| panic!("the description has a bad schema: {error}")),
            )
        }))
    }
}

/// The values of a template's parameters, if the path fits it.
fn matches<'a>(template: &'a str, wanted: &[&str]) -> Option<Vec<(&'a str, String)>> {
    let parts: Vec<&str> = template.split('/').collect();
    if parts.len() != wanted.len() {
        return None;
    }
    let mut values = Vec::new();
    for (part, text) in parts.into_iter().zip(wanted) {
        match part
            .strip_prefix('{')
            .and_then(|part| part.strip_suffix('}'))
        {
            Some(name) if !text.is_empty() => values.push((name, (*text).to_owned())),
            None if part == *text => {}
            _ => return None,
        }
    }
    Some(values)
}
