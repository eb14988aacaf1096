//! What an institution answers to a name and a password, and to the answers of
//! a second step. Pure: the caller keeps the state between two steps.

use crate::state::StatusCode;

use super::directory::{self, Behaviour, Person, Question, QuestionKind};

/// Name or password do not fit.
pub const CREDENTIALS: StatusCode = StatusCode(103);
/// The answer of the second step does not fit.
pub const ANSWER: StatusCode = StatusCode(187);

/// Whether the person can put it right by typing again; everything else is the
/// institution's trouble and ends the visit.
pub fn is_refusal(code: StatusCode) -> bool {
    matches!(code.0, 103 | 185 | 187)
}

/// What comes of a name and a password.
#[derive(Clone, Debug)]
pub enum SignIn {
    /// Signed in.
    Accepted(&'static Person),
    /// Not a pair the institution knows.
    Refused,
    /// A second step is asked for.
    Challenge(Challenge),
    /// The institution fails with this code.
    Fails(StatusCode),
    /// Signed in, but finding the accounts takes this many seconds.
    Slow(&'static Person, u32),
}

/// A second step on its way: whose, and which round of questions.
#[derive(Clone, Debug)]
pub struct Challenge {
    person: &'static Person,
    rounds: &'static [Vec<Question>],
    round: usize,
}

impl Challenge {
    fn new(person: &'static Person, script: &str) -> Option<Self> {
        let rounds = directory::script(script);
        (!rounds.is_empty()).then_some(Self {
            person,
            rounds,
            round: 0,
        })
    }

    /// What is asked now, in order.
    pub fn questions(&self) -> &'static [Question] {
        &self.rounds[self.round]
    }

    /// Who will be signed in.
    pub fn person(&self) -> &'static Person {
        self.person
    }

    fn next(&self) -> Self {
        Self {
            round: (self.round + 1) % self.rounds.len(),
            ..self.clone()
        }
    }
}

/// What comes of the answers.
#[derive(Clone, Debug)]
pub enum Answered {
    /// Signed in.
    Accepted(&'static Person),
    /// More is asked.
    Another(Challenge),
    /// The answer is wrong.
    Fails(StatusCode),
    /// A question was left open, or a code is not six digits: nothing was sent.
    Incomplete,
}

/// Decides on a name and a password as the published test users do.
pub fn sign_in(username: &str, password: &str) -> SignIn {
    let username = username.trim();
    let Some(person) = directory::person(username) else {
        return SignIn::Refused;
    };
    if person.password() == password {
        return behave(person, &person.behaviour);
    }
    let extra = directory::extra_sign_ins()
        .iter()
        .find(|extra| extra.username == person.username && extra.password == password);
    match extra {
        Some(extra) => behave(person, &extra.behaviour),
        None => numbered_failure(username, password).map_or(SignIn::Refused, SignIn::Fails),
    }
}

/// `demo` with a number as password fails with that number.
fn numbered_failure(username: &str, password: &str) -> Option<StatusCode> {
    let code = password
        .parse()
        .ok()
        .filter(|code| (1..100_000).contains(code))?;
    (username == "demo").then_some(StatusCode(code))
}

fn behave(person: &'static Person, behaviour: &Behaviour) -> SignIn {
    match behaviour {
        Behaviour::Accepted => SignIn::Accepted(person),
        Behaviour::Fails { code } => SignIn::Fails(StatusCode(*code)),
        Behaviour::Slow { seconds } => SignIn::Slow(person, *seconds),
        Behaviour::Challenge { script } => {
            Challenge::new(person, script).map_or(SignIn::Refused, SignIn::Challenge)
        }
    }
}

/// Decides on the answers, one for each question in order: `mfa` asks another
/// round, `fail` is wrong, anything else fits.
pub fn answer(challenge: &Challenge, answers: &[String]) -> Answered {
    let questions = challenge.questions();
    let answered = |(at, question): (usize, &Question)| {
        answers
            .get(at)
            .is_some_and(|given| fits(question, given.trim()))
    };
    if !questions.iter().enumerate().all(answered) {
        return Answered::Incomplete;
    }
    let given = |word: &str| {
        answers
            .iter()
            .any(|answer| answer.trim().eq_ignore_ascii_case(word))
    };
    if given("fail") {
        Answered::Fails(ANSWER)
    } else if given("mfa") {
        Answered::Another(challenge.next())
    } else {
        Answered::Accepted(challenge.person)
    }
}

fn fits(question: &Question, given: &str) -> bool {
    let command = ["mfa", "fail"]
        .iter()
        .any(|word| given.eq_ignore_ascii_case(word));
    match question.kind {
        QuestionKind::Text => !given.is_empty(),
        QuestionKind::Code => {
            command || (given.len() == 6 && given.bytes().all(|b| b.is_ascii_digit()))
        }
        QuestionKind::Choice | QuestionKind::Image => {
            question.options.iter().any(|option| option.value == given)
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn challenge(username: &str, password: &str) -> Challenge {
        match sign_in(username, password) {
            SignIn::Challenge(challenge) => challenge,
            other => panic!("{username}: {other:?}"),
        }
    }

    fn words(list: &[&str]) -> Vec<String> {
        list.iter().map(ToString::to_string).collect()
    }

    #[rstest]
    #[case("profile_03", "profile_03")]
    #[case(" profile_03 ", "profile_03")]
    #[case("test", "profile_02")]
    #[case("sue_wealthy", "profile_700")]
    #[case("profile_11", "profile_11")]
    #[case("demo", "go")]
    fn accepted(#[case] username: &str, #[case] password: &str) {
        let SignIn::Accepted(person) = sign_in(username, password) else {
            panic!("{username}")
        };
        assert_eq!(person.username.as_str(), username.trim());
    }

    #[rstest]
    #[case("profile_03", "profile_04")]
    #[case("profile_03", "")]
    #[case("nobody", "go")]
    #[case("", "")]
    #[case("profile_03", "103")]
    #[case("demo", "0")]
    fn refused(#[case] username: &str, #[case] password: &str) {
        assert!(matches!(sign_in(username, password), SignIn::Refused));
    }

    #[rstest]
    #[case("invalid_user", "go", 103, true)]
    #[case("demo", "103", 103, true)]
    #[case("demo", "123", 123, false)]
    #[case("demo", "130", 130, false)]
    #[case("demo", "108", 108, false)]
    fn failing(
        #[case] username: &str,
        #[case] password: &str,
        #[case] code: u32,
        #[case] refusal: bool,
    ) {
        let SignIn::Fails(found) = sign_in(username, password) else {
            panic!("{username}")
        };
        assert_eq!((found.0, is_refusal(found)), (code, refusal));
    }

    #[test]
    fn slow() {
        assert!(
            matches!(sign_in("discovertimeout", "go"), SignIn::Slow(_, seconds) if seconds > 30)
        );
    }

    #[rstest]
    #[case("tfa_text", "go", &["Lincoln"])]
    #[case("tfa_choice", "go", &["2"])]
    #[case("tfa_code", "go", &["123456"])]
    #[case("tfa_image", "go", &["4"])]
    #[case("tfa_multi", "go", &["Smith", "1", "84101"])]
    #[case("demo", "imagechoice", &["1"])]
    #[case("demo", "imagechoice2", &["Smith", "2", "84101"])]
    fn second_step(#[case] username: &str, #[case] password: &str, #[case] good: &[&str]) {
        let first = challenge(username, password);
        let Answered::Accepted(person) = answer(&first, &words(good)) else {
            panic!("{username}")
        };
        assert_eq!(person.username.as_str(), username);
        let wrong = |word: &str| {
            let mut answers = words(good);
            answers[0] = word.into();
            answer(&first, &answers)
        };
        assert!(matches!(wrong("fail"), Answered::Fails(ANSWER)));
        assert!(matches!(wrong(" "), Answered::Incomplete));
        assert!(matches!(answer(&first, &[]), Answered::Incomplete));
        let Answered::Another(second) = wrong("mfa") else {
            panic!("{username}")
        };
        assert_ne!(second.questions(), first.questions());
    }

    #[test]
    fn only_offered_choices_and_six_digits_fit() {
        assert!(matches!(
            answer(&challenge("tfa_choice", "go"), &words(&["9"])),
            Answered::Incomplete
        ));
        assert!(matches!(
            answer(&challenge("tfa_code", "go"), &words(&["12345"])),
            Answered::Incomplete
        ));
    }
}
