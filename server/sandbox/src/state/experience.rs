//! Experiences: what `GET /connect/experiences` lists and links may name.

/// One experience of the partner.
#[derive(Debug)]
pub struct Experience {
    /// GUID.
    pub id: &'static str,
    /// Application it was made for.
    pub app_name: &'static str,
    /// Products it uses.
    pub product_codes: &'static [&'static str],
    /// Account types that may be chosen; empty for all.
    pub account_types: &'static [&'static str],
}

/// The name under which the partner's application is known.
pub(crate) const APP_NAME: &str = "Relink Sandbox";

/// All experiences. The first one is what `default` means.
pub const EXPERIENCES: &[Experience] = &[
    Experience {
        id: "84fd419a-1add-4bf4-961b-16e8285b3a92",
        app_name: APP_NAME,
        product_codes: &["ABC", "AO"],
        account_types: &[],
    },
    Experience {
        id: "2f6e0c52-7b0d-4f0e-9a44-6c6f3b8f5d10",
        app_name: APP_NAME,
        product_codes: &["ACH"],
        account_types: &["checking", "savings", "moneyMarket"],
    },
    Experience {
        id: "c9b8a0de-31f5-4d63-8a3c-0b1f7e5d9a27",
        app_name: APP_NAME,
        product_codes: &["CARD"],
        account_types: &["creditCard", "lineOfCredit"],
    },
];

/// The types that an experience lets through. Unknown GUIDs filter nothing: the
/// description only asks for the form.
pub(crate) fn account_types(experience: Option<&str>) -> Option<Vec<String>> {
    let named = experience?;
    let found = EXPERIENCES
        .iter()
        .find(|known| known.id.eq_ignore_ascii_case(named))?;
    (!found.account_types.is_empty()).then(|| {
        found
            .account_types
            .iter()
            .map(ToString::to_string)
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_filtering_experience_filters() {
        assert_eq!(account_types(None), None);
        assert_eq!(account_types(Some("default")), None);
        let types = account_types(Some("C9B8A0DE-31F5-4D63-8A3C-0B1F7E5D9A27")).unwrap();
        assert_eq!(types, ["creditCard", "lineOfCredit"]);
    }
}
