//! `application/xml` bodies. How the real service maps members to elements is
//! not published; here a member is an element and an array repeats it.

use serde_json::Value;

/// `value` as a document whose root is `root`.
pub(super) fn document(root: &str, value: &Value) -> String {
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    element(&mut text, root, value);
    text
}

fn element(text: &mut String, name: &str, value: &Value) {
    if let Value::Array(items) = value {
        for item in items {
            element(text, name, item);
        }
        return;
    }
    text.extend(["<", name, ">"]);
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                element(text, name, member);
            }
        }
        Value::String(plain) => escape(text, plain),
        Value::Null | Value::Array(_) => {}
        Value::Bool(_) | Value::Number(_) => text.push_str(&value.to_string()),
    }
    text.extend(["</", name, ">"]);
}

fn escape(text: &mut String, plain: &str) {
    for sign in plain.chars() {
        match sign {
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '&' => text.push_str("&amp;"),
            _ => text.push(sign),
        }
    }
}
