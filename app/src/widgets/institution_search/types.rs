use crate::api::search::{Availability, Found, Hit, Kind, Relation, SignInPlace, Unavailable};

texts! {
    /// Texts of the search. `{n}`, `{total}` and `{term}` stand for what they
    /// say.
    SearchWords {
        /// The field's label.
        label,
        /// The button's text.
        submit,
        /// What the list is called.
        results,
        /// One result.
        counted_one,
        /// All results are shown.
        counted_many,
        /// Some of the results are shown.
        counted_best,
        /// No result.
        nothing,
        /// The search failed.
        failed,
        /// The button after a failure.
        retry,
        /// A result that the person is connected to.
        connected,
        /// OAuth, in words.
        own_site,
        /// A result in maintenance.
        maintenance,
        /// A result with an outage.
        troubled,
        /// Why a result cannot be chosen.
        offline,
        /// Why a result cannot be chosen.
        unsupported,
        /// Why a result cannot be chosen.
        not_registered,
        /// [`Kind::Bank`].
        bank,
        /// [`Kind::CreditUnion`].
        credit_union,
        /// [`Kind::Cards`].
        cards,
        /// [`Kind::Investments`].
        investments,
        /// [`Kind::Retirement`].
        retirement,
        /// [`Kind::Loans`].
        loans,
        /// [`Kind::Insurance`].
        insurance,
        /// [`Kind::Test`].
        test,
        /// A way on when nothing is found.
        spelling,
        /// Its text.
        spelling_text,
        /// A second way.
        other,
        /// Its text.
        other_text,
        /// A third way, a link.
        missing,
        /// Its text.
        missing_text,
    }
}

impl SearchWords {
    /// What the live region says.
    pub fn count(&self, term: &str, found: &Found) -> String {
        match (found.hits.len(), found.total) {
            (0, _) => self.nothing.replace("{term}", term),
            (1, 0 | 1) => self.counted_one.clone(),
            (shown, total) if u32::try_from(shown).is_ok_and(|shown| shown < total) => {
                let text = self.counted_best.replace("{n}", &shown.to_string());
                text.replace("{total}", &total.to_string())
            }
            (shown, _) => self.counted_many.replace("{n}", &shown.to_string()),
        }
    }

    /// What tells a result from its twin.
    pub fn details(&self, hit: &Hit) -> String {
        let kind = hit.kind.map(|kind| self.kind(kind));
        let own_site = (hit.sign_in == SignInPlace::OwnSite).then_some(&*self.own_site);
        let parts = [hit.host.as_deref(), hit.place.as_deref(), kind, own_site];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }

    fn kind(&self, kind: Kind) -> &str {
        match kind {
            Kind::Bank => &self.bank,
            Kind::CreditUnion => &self.credit_union,
            Kind::Cards => &self.cards,
            Kind::Investments => &self.investments,
            Kind::Retirement => &self.retirement,
            Kind::Loans => &self.loans,
            Kind::Insurance => &self.insurance,
            Kind::Test => &self.test,
        }
    }

    /// What there is to know before choosing it.
    pub fn state(&self, hit: &Hit) -> &str {
        match (hit.availability, hit.relation) {
            (Availability::Unavailable(Unavailable::Offline), _) => &self.offline,
            (Availability::Unavailable(Unavailable::Unsupported), _) => &self.unsupported,
            (Availability::Unavailable(Unavailable::NotRegistered), _) => &self.not_registered,
            (Availability::Maintenance, _) => &self.maintenance,
            (Availability::Troubled, _) => &self.troubled,
            (Availability::Open, Relation::Connected) => &self.connected,
            (Availability::Open, Relation::New) => "",
        }
    }
}

/// What a key does in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// Nothing of ours.
    Stay,
    /// Another option becomes the active one.
    To(usize),
    /// The active option is taken.
    Take(usize),
    /// The field is emptied and the list closed.
    Clear,
}

/// The keys of the combobox pattern (ARIA 1.2, with wrapping). Home and End
/// stay with the text until an option is active.
pub fn key(key: &str, active: Option<usize>, count: usize) -> Move {
    let last = count.saturating_sub(1);
    match (key, active) {
        ("Escape", _) => Move::Clear,
        _ if count == 0 => Move::Stay,
        ("ArrowDown", None) | ("Home", Some(_)) => Move::To(0),
        ("ArrowDown", Some(at)) => Move::To(if at >= last { 0 } else { at + 1 }),
        ("ArrowUp", None | Some(0)) | ("End", Some(_)) => Move::To(last),
        ("ArrowUp", Some(at)) => Move::To(at - 1),
        ("Enter", Some(at)) => Move::Take(at),
        _ => Move::Stay,
    }
}

/// The letter that stands where there is no icon.
pub fn letter(name: &str) -> String {
    let first = name.chars().find(|c| c.is_alphanumeric());
    first.map_or_else(String::new, |c| c.to_uppercase().collect())
}

/// A query value, percent-encoded.
pub fn encoded(text: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from(DIGITS[usize::from(byte >> 4)]));
            out.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Move, encoded, key, letter};

    #[test]
    fn keys_move_as_the_pattern_says() {
        assert_eq!(key("ArrowDown", None, 3), Move::To(0));
        assert_eq!(key("ArrowDown", Some(2), 3), Move::To(0));
        assert_eq!(key("ArrowUp", None, 3), Move::To(2));
        assert_eq!(key("ArrowUp", Some(0), 3), Move::To(2));
        assert_eq!(key("ArrowUp", Some(2), 3), Move::To(1));
        assert_eq!(key("Home", Some(2), 3), Move::To(0));
        assert_eq!(key("End", Some(0), 3), Move::To(2));
        assert_eq!(key("Home", None, 3), Move::Stay);
        assert_eq!(key("Enter", Some(1), 3), Move::Take(1));
        assert_eq!(key("Enter", None, 3), Move::Stay);
        assert_eq!(key("Escape", None, 0), Move::Clear);
        assert_eq!(key("ArrowDown", None, 0), Move::Stay);
    }

    #[test]
    fn a_term_survives_its_address() {
        assert_eq!(encoded("A&B é"), "A%26B%20%C3%A9");
        assert_eq!(letter("«élan» Bank"), "É");
    }
}
