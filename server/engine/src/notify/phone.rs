//! A phone number as text messages want it.

/// A number in the form of E.164: `+12025550123`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Phone(String);

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
