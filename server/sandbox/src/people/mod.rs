//! The people who can sign in at the sandbox's institutions, and what each of
//! them owns there.
//!
//! Everything here is a function of the data file `data/people.json`: no clock,
//! no randomness, so that the same person sees the same accounts on every run.

mod accounts;
mod directory;
mod sign_in;

pub use accounts::{AccountSeed, accounts_at};
pub use directory::{Choice, Person, Question, QuestionKind, Username, all, person};
pub use sign_in::{ANSWER, Answered, CREDENTIALS, Challenge, SignIn, answer, is_refusal, sign_in};
