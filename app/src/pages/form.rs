//! Fields with their labels, hints and problems.

use leptos::prelude::*;

use crate::api::forms::{Field, Form, Problem};
use crate::api::visit::Visit;

/// What kind of text a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Takes {
    Email,
    CurrentPassword,
    NewPassword,
    Text,
    Address,
    Phone,
    Code,
    /// Of an app: digits, or a recovery code with letters.
    AppCode,
    /// Another's address.
    OtherEmail,
    Time,
}

/// One field of a form.
pub(super) struct Input {
    pub(super) form: Form,
    pub(super) field: Field,
    pub(super) takes: Takes,
    pub(super) label: &'static str,
    pub(super) hint: Option<&'static str>,
    pub(super) value: Option<String>,
    pub(super) wrong: Option<Problem>,
}

impl Input {
    pub(super) fn new(form: Form, field: Field, takes: Takes, label: &'static str) -> Self {
        Self {
            form,
            field,
            takes,
            label,
            hint: None,
            value: None,
            wrong: None,
        }
    }

    pub(super) fn hint(self, hint: &'static str) -> Self {
        Self {
            hint: Some(hint),
            ..self
        }
    }

    /// What is wrong with its value.
    pub(super) fn wrong(self, wrong: Option<Problem>) -> Self {
        Self { wrong, ..self }
    }

    /// What stands in it unless the person typed something before.
    pub(super) fn value(self, value: Option<&str>) -> Self {
        Self {
            value: value.map(str::to_owned),
            ..self
        }
    }

    /// The label, the hint, the field and what is wrong with it. The hint
    /// comes before the field, so that a keyboard on a phone does not hide it.
    pub(super) fn view(self, visit: &Visit) -> impl IntoView + use<> {
        let problem = visit.flash.problem(self.form, self.field).or(self.wrong);
        let typed = visit.flash.value(self.form, self.field).map(str::to_owned);
        let name = self.field.name();
        let id = format!("{:?}-{name}", self.form).to_lowercase();
        let (hint_id, problem_id) = (format!("{id}-hint"), format!("{id}-problem"));
        let described = match (self.hint, problem) {
            (None, None) => None,
            (Some(_), None) => Some(hint_id.clone()),
            (None, Some(_)) => Some(problem_id.clone()),
            (Some(_), Some(_)) => Some(format!("{problem_id} {hint_id}")),
        };
        let (kind, autocomplete, required) = match self.takes {
            Takes::Email => ("email", "username", true),
            Takes::CurrentPassword => ("password", "current-password", true),
            Takes::NewPassword => ("password", "new-password", true),
            Takes::Text => ("text", "off", true),
            Takes::Address => ("text", "off", false),
            Takes::Phone => ("tel", "tel", true),
            Takes::Code | Takes::AppCode => ("text", "one-time-code", true),
            Takes::OtherEmail => ("email", "off", true),
            Takes::Time => ("time", "off", false),
        };
        let inputmode = match self.takes {
            Takes::Address => Some("url"),
            Takes::Code => Some("numeric"),
            _ => None,
        };
        let say = visit.language.words().forms.problem;
        let problem: Option<(String, Problem)> = problem.map(|problem| (problem_id, problem));
        view! {
            <div class="field">
                <label class="label" for=id.clone()>{self.label}</label>
                {self.hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
                <input
                    class="input" id=id name=name type=kind autocomplete=autocomplete
                    required=required inputmode=inputmode maxlength="1000"
                    value=typed.or(self.value)
                    aria-invalid=problem.is_some().then_some("true")
                    aria-describedby=described
                />
                {problem.map(|(id, problem)| view! {
                    <p class="problem" id=id>{say(problem)}</p>
                })}
            </div>
        }
    }
}

/// One of several, in a list that opens.
pub(super) struct Select {
    pub(super) form: Form,
    pub(super) field: Field,
    pub(super) label: &'static str,
    pub(super) hint: Option<&'static str>,
    pub(super) groups: Vec<Group>,
    pub(super) chosen: String,
}

/// Some of a list, under a title of their own.
pub(super) struct Group {
    pub(super) title: Option<&'static str>,
    /// What is posted, and what is shown.
    pub(super) options: Vec<(String, String)>,
}

impl Select {
    /// The label, the hint and the list.
    pub(super) fn view(self) -> impl IntoView + use<> {
        let name = self.field.name();
        let id = format!("{:?}-{name}", self.form).to_lowercase();
        let hint_id = format!("{id}-hint");
        let described = self.hint.map(|_| hint_id.clone());
        let chosen = self.chosen;
        let groups = self.groups.into_iter().map(|group| {
            let options = group.options.into_iter().map(|(value, text)| {
                let selected = value == chosen;
                view! { <option value=value selected=selected>{text}</option> }
            });
            let options = options.collect_view();
            match group.title {
                Some(title) => view! { <optgroup label=title>{options}</optgroup> }.into_any(),
                None => options.into_any(),
            }
        });
        let groups = groups.collect_view();
        view! {
            <div class="field">
                <label class="label" for=id.clone()>{self.label}</label>
                {self.hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
                <select class="input" id=id name=name aria-describedby=described>{groups}</select>
            </div>
        }
    }
}

/// A value that the form carries.
pub(super) fn hidden(field: Field, value: &str) -> impl IntoView + use<> {
    view! { <input type="hidden" name=field.name() value=value.to_owned()/> }
}

/// Something to tick, or one of several to choose.
pub(super) struct Tick {
    pub(super) form: Form,
    pub(super) field: Field,
    /// For one of several: what it posts.
    pub(super) value: Option<&'static str>,
    pub(super) label: &'static str,
    pub(super) text: Option<String>,
    /// Whether it is ticked, unless the person chose something before.
    pub(super) on: bool,
}

impl Tick {
    /// The box and what it means.
    pub(super) fn view(self, visit: &Visit) -> impl IntoView + use<> {
        let value = self.value.unwrap_or("on");
        let left = visit.flash.form == Some(self.form) && !visit.flash.values.is_empty();
        let on = if left {
            visit.flash.value(self.form, self.field) == Some(value)
        } else {
            self.on
        };
        let kind = if self.value.is_some() {
            "radio"
        } else {
            "checkbox"
        };
        let name = self.field.name();
        let id = format!("{name}-{value}");
        view! {
            <div class="check">
                <input type=kind id=id.clone() name=name value=value checked=on/>
                <label for=id>
                    <strong>{self.label}</strong>
                    {self.text.map(|text| view! { <span>{text}</span> })}
                </label>
            </div>
        }
    }
}

/// A field of a form that is sent by GET.
pub(super) struct Filter;

impl Filter {
    /// Some text.
    pub(super) fn text(name: &'static str, label: &'static str, value: &str) -> AnyView {
        Self::field(name, label, "search", value)
    }

    /// A day.
    pub(super) fn day(name: &'static str, label: &'static str, value: &str) -> AnyView {
        Self::field(name, label, "date", value)
    }

    /// A number from `least` on, or nothing.
    pub(super) fn number(
        name: &'static str,
        label: &'static str,
        least: u8,
        value: Option<impl ToString>,
    ) -> AnyView {
        let id = format!("filter-{name}");
        let value = value.map(|number| number.to_string());
        view! {
            <div class="field">
                <label class="label" for=id.clone()>{label}</label>
                <input class="input" id=id name=name type="number" min=least autocomplete="off" value=value/>
            </div>
        }
        .into_any()
    }

    fn field(name: &'static str, label: &'static str, kind: &'static str, value: &str) -> AnyView {
        let id = format!("filter-{name}");
        view! {
            <div class="field">
                <label class="label" for=id.clone()>{label}</label>
                <input class="input" id=id name=name type=kind autocomplete="off" maxlength="320"
                    value=value.to_owned()/>
            </div>
        }
        .into_any()
    }

    /// One of several.
    pub(super) fn list(
        name: &'static str,
        label: &'static str,
        options: Vec<(String, String)>,
        chosen: &str,
    ) -> AnyView {
        let id = format!("filter-{name}");
        let options = options.into_iter().map(|(value, text)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{text}</option> }
        });
        let options = options.collect_view();
        view! {
            <div class="field">
                <label class="label" for=id.clone()>{label}</label>
                <select class="input" id=id name=name>{options}</select>
            </div>
        }
        .into_any()
    }
}
