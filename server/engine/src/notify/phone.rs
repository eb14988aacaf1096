//! A phone number as text messages want it.

/// A number in the form of E.164: `+12025550123`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Phone(String);

/// Its end only: a number is its owner's.
impl std::fmt::Debug for Phone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Phone(…{})", self.last_four())
    }
}

/// The text is no phone number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a phone number")]
pub struct NotAPhone;

impl Phone {
    /// Reads what a person typed; without a country it is a number of the
    /// United States.
    pub fn parse(text: &str) -> Result<Self, NotAPhone> {
        let typed: String = text
            .trim()
            .chars()
            .filter(|c| !matches!(c, ' ' | '-' | '.' | '(' | ')' | '/' | '\u{a0}'))
            .collect();
        let (abroad, digits) = match typed.strip_prefix('+') {
            Some(digits) => (true, digits),
            None => (false, typed.as_str()),
        };
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(NotAPhone);
        }
        let digits = match (abroad, digits.len()) {
            (false, 10) => format!("1{digits}"),
            (false, 11) | (true, 8..=15) => digits.to_owned(),
            _ => return Err(NotAPhone),
        };
        // Neither an area nor an exchange begins with 0 or 1 in North America.
        let north_america = digits.strip_prefix('1');
        let good = match north_america {
            Some(rest) => {
                rest.len() == 10
                    && [0, 3]
                        .iter()
                        .all(|at| (b'2'..=b'9').contains(&rest.as_bytes()[*at]))
            }
            None => abroad && !digits.starts_with('0'),
        };
        good.then(|| Self(format!("+{digits}"))).ok_or(NotAPhone)
    }

    /// In the form of E.164.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last four digits: enough to know one's own number by.
    pub fn last_four(&self) -> &str {
        &self.0[self.0.len() - 4..]
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("(202) 555-0123", Some("+12025550123"))]
    #[case("202.555.0123", Some("+12025550123"))]
    #[case("1 202 555 0123", Some("+12025550123"))]
    #[case(" +1-202-555-0123 ", Some("+12025550123"))]
    #[case("+44 20 7946 0123", Some("+442079460123"))]
    #[case("+33 1 99 00 12 34", Some("+33199001234"))]
    #[case("", None)]
    #[case("+", None)]
    #[case("555 0123", None)]
    #[case("102 555 0123", None)]
    #[case("202 155 0123", None)]
    #[case("2 202 555 0123", None)]
    #[case("+0123456789", None)]
    #[case("+1234567", None)]
    #[case("+1234567890123456", None)]
    #[case("202 555 0123 ext 4", None)]
    #[case("++12025550123", None)]
    #[case("٢٠٢٥٥٥٠١٢٣", None)]
    fn numbers(#[case] typed: &str, #[case] number: Option<&str>) {
        let phone = Phone::parse(typed);
        assert_eq!(phone.as_ref().ok().map(Phone::as_str), number);
    }

    #[test]
    fn a_log_shows_its_end_only() {
        let phone = Phone::parse("202 555 0123").unwrap();
        assert_eq!(format!("{phone:?}"), "Phone(…0123)");
        assert_eq!(Phone::parse(phone.as_str()), Ok(phone));
    }
}
