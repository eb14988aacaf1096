use std::collections::BTreeSet;

use proptest::prelude::*;
use rstest::rstest;

use super::*;

/// Which codes an error reply gives as the result of an aggregation.
const REPLIES: &str = include_str!("../../../mastercard/src/data/aggregation-codes.txt");

fn code(number: i64) -> Code {
    Code::new(number)
}

/// The shipped file with one piece of text replaced wherever it is.
fn broken(from: &str, to: &str) -> String {
    assert!(SHIPPED.contains(from), "{from}");
    match Table::parse(&SHIPPED.replace(from, to)) {
        Ok(_) => panic!("a broken file was taken"),
        Err(error) => error.to_string(),
    }
}

fn change(text: &str) -> Change {
    toml::from_str(text).unwrap()
}

fn with(number: i64, text: &str, widening: Widening) -> Result<Table, TableError> {
    let change = Override {
        code: code(number),
        change: change(text),
    };
    Table::shipped().with(&[change], widening)
}

#[test]
fn exactly_the_nine_are_fixable_and_the_user_acts() {
    let table = Table::parse(SHIPPED).unwrap();
    let fixable: Vec<i64> = table
        .rows()
        .filter(|row| row.fixable)
        .map(|row| row.code.get())
        .collect();
    assert_eq!(fixable, [103, 108, 109, 185, 187, 945, 946, 947, 948]);
    for row in table.rows().filter(|row| row.fixable) {
        assert_eq!(row.acts, Acts::User, "{}", row.code);
        assert!(!row.self_heals, "{}", row.code);
        assert_eq!(row.channels.in_app.how, How::Proactive, "{}", row.code);
    }
    let two_steps: Vec<i64> = table
        .rows()
        .filter(|row| row.remedy == Remedy::ActThenFix)
        .map(|row| row.code.get())
        .collect();
    assert_eq!(two_steps, [108, 109]);
}

#[rstest]
#[case::running(&[325, 5006], Kind::InProgress)]
#[case::requests(
    &[978, 981, 2005, 3003, 10000, 10001, 10005, 10010, 10023, 14001, 14023, 20002, 20024, 24302, 38007,
      42000, 42002],
    Kind::Api
)]
fn what_is_no_outcome_of_an_aggregation(#[case] codes: &[i64], #[case] kind: Kind) {
    let found: Vec<i64> = Table::shipped()
        .rows()
        .filter(|row| row.kind == kind)
        .map(|row| row.code.get())
        .collect();
    assert_eq!(found, codes);
}

#[rstest]
#[case::the_users_elsewhere(973, Acts::User, Remedy::ActAtInstitution)]
#[case::no_consent(2006, Acts::User, Remedy::ConnectAnew)]
#[case::fresh_connection(949, Acts::User, Remedy::ConnectAnew)]
#[case::closed(914, Acts::User, Remedy::CheckAccount)]
#[case::seen_again_tomorrow(909, Acts::Institution, Remedy::Wait)]
#[case::down(101, Acts::Institution, Remedy::Wait)]
#[case::busy(44000, Acts::Mastercard, Remedy::Wait)]
#[case::unsupported(929, Acts::Mastercard, Remedy::Case)]
#[case::ours(38008, Acts::Partner, Remedy::OurWork)]
#[case::as_good_as_unknown(324, Acts::Partner, Remedy::Case)]
fn each_remedy_has_its_code(#[case] number: i64, #[case] acts: Acts, #[case] remedy: Remedy) {
    let table = Table::shipped();
    let row = table.row(code(number));
    assert_eq!((row.acts, row.remedy, row.fixable), (acts, remedy, false));
    assert!(table.knows(code(number)));
}

#[test]
fn what_others_must_do_asks_nothing_of_the_user() {
    for row in Table::shipped().rows() {
        if matches!(row.remedy, Remedy::Wait | Remedy::Case | Remedy::OurWork) {
            for channel in [row.channels.in_app, row.channels.email, row.channels.sms] {
                assert_ne!(channel.how, How::Proactive, "{}", row.code);
            }
        }
    }
}

/// The client's list of codes in error replies is this table's, but for 0,
/// which is no error, and 110039, of which no page shows that it comes in one.
#[test]
fn the_clients_list_and_the_table_know_the_same_codes() {
    let replies: BTreeSet<i64> = REPLIES
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_whitespace().next()?.parse().ok())
        .collect();
    let table: BTreeSet<i64> = Table::shipped()
        .rows()
        .filter(|row| row.kind != Kind::Api)
        .map(|row| row.code.get())
        .collect();
    let unlisted: Vec<_> = table.difference(&replies).copied().collect();
    let missing: Vec<_> = replies.difference(&table).copied().collect();
    assert_eq!(unlisted, [0, 110_039]);
    assert_eq!(missing, [0_i64; 0]);
}

#[rstest]
#[case::no_toml("codes = [0]", "codes = [0", "cannot be read")]
#[case::a_word_that_is_none("cause = \"token\"", "cause = \"tokens\"", "tokens")]
#[case::a_column_less("cause = \"token\"\n", "", "missing field `cause`")]
#[case::a_column_more("cause = \"token\"", "cause = \"token\"\ncolour = 1", "colour")]
#[case::no_channel("proactive after 48h", "proactive in 48h", "proactive in 48h")]
#[case::channels_that_are_none(
    "[channels.closed]",
    "[channels.shut]",
    "913: there are no channels `closed`"
)]
#[case::no_code(
    "codes = [947]",
    "codes = []",
    "`token expired or withdrawn` names no code"
)]
#[case::twice("codes = [949]", "codes = [949, 973]", "code 973 is there twice")]
#[case::no_source(
    "source = \"codes/949\"",
    "source = \" \"",
    "code 949 has no name or no source"
)]
#[case::a_tenth("codes = [103]", "codes = [103, 777]", "777: exactly the nine")]
#[case::only_eight("codes = [948]", "codes = [9480]", "9480: exactly the nine")]
#[case::fix_for_what_is_not_fixable(
    "codes = [949]\nname = \"account not recoverable\"\ncause = \"account_closed\"\nacts = \"user\"\n\
     self_heals = false\nremedy = \"connect_anew\"",
    "codes = [949]\nname = \"account not recoverable\"\ncause = \"account_closed\"\nacts = \"user\"\n\
     self_heals = false\nremedy = \"fix\"",
    "949: the remedy `fix` does not go with fixable = false"
)]
#[case::beyond_ones_power(
    "acts = \"institution\"\nself_heals = true\nremedy = \"wait\"\nseverity = \"info\"\nwording = \"not_seen\"",
    "acts = \"user\"\nself_heals = true\nremedy = \"wait\"\nseverity = \"info\"\nwording = \"not_seen\"",
    "909: the remedy `wait` is nothing that `user` can do"
)]
#[case::a_sentence_of_another_remedy(
    "wording = \"look_alike\"",
    "wording = \"our_side\"",
    "168: the sentence `our_side` names another remedy than `case`"
)]
#[case::a_sentence_nobody_says(
    "wording = \"look_alike\"",
    "wording = \"looked_into\"",
    "no code says `look_alike`"
)]
fn a_broken_file_says_what_and_where(#[case] from: &str, #[case] to: &str, #[case] says: &str) {
    let error = broken(from, to);
    assert!(error.contains(says), "{error}");
}

#[test]
fn a_missing_one_of_the_nine_is_named() {
    let begin = SHIPPED.find("[[row]]\ncodes = [103]").unwrap();
    let end = SHIPPED.find("[[row]]\ncodes = [108]").unwrap();
    let text = format!("{}{}", &SHIPPED[..begin], &SHIPPED[end..]);
    let error = Table::parse(&text).unwrap_err().to_string();
    assert!(error.contains("103: exactly the nine"), "{error}");
}

#[test]
fn the_operator_narrows() {
    let table = with(185, "fixable = false", Widening::Refused).unwrap();
    let row = table.row(code(185));
    assert!(!row.fixable);
    assert_eq!(
        (row.remedy, row.acts, row.wording),
        (Remedy::Case, Acts::Partner, Wording::LookedInto)
    );
    assert_eq!(row.cause, Cause::SecondFactor);
    assert!(Table::shipped().row(code(185)).fixable);
    let table = with(
        185,
        "fixable = false\nremedy = \"act_at_institution\"",
        Widening::Refused,
    );
    let row = table.unwrap().row(code(185)).clone();
    assert_eq!(
        (row.acts, row.wording),
        (Acts::User, Wording::MoreInformation)
    );
}

#[test]
fn a_channel_and_the_loudness_change_and_nothing_else() {
    let changed = with(
        185,
        "email = \"silent\"\nsms = \"proactive after 2d\"\nseverity = \"notice\"",
        Widening::Refused,
    );
    let mut row = changed.unwrap().row(code(185)).clone();
    assert_eq!(row.channels.email.how, How::Silent);
    assert_eq!(row.channels.sms.after, chrono::TimeDelta::days(2));
    let shipped = Table::shipped().row(code(185)).clone();
    row.channels = shipped.channels;
    row.severity = shipped.severity;
    assert_eq!(row, shipped);
}

#[test]
fn widening_needs_the_word_for_it() {
    let error = with(1008, "fixable = true", Widening::Refused).unwrap_err();
    assert!(matches!(error, TableError::Widened(_)), "{error}");
    assert!(error.to_string().contains("1008"), "{error}");
    let table = with(1008, "fixable = true", Widening::Allowed).unwrap();
    let row = table.row(code(1008));
    assert_eq!(
        (row.remedy, row.wording),
        (Remedy::Fix, Wording::SignInAgain)
    );
    assert_eq!(table.widened().collect::<Vec<_>>(), [code(1008)]);
    assert_eq!(Table::shipped().widened().count(), 0);
}

#[rstest]
#[case::none_of_the_table(777, "email = 'silent'", "777 is none of the table's")]
#[case::success(0, "email = 'passive'", "0 says nothing of a connection")]
#[case::a_request(38007, "fixable = true", "38007 says nothing of a connection")]
#[case::no_consent(2006, "fixable = true", "2006: Data Connect Fix never helps")]
#[case::closed(
    914,
    "fixable = true\ncause = 'unknown'",
    "914: Data Connect Fix never helps"
)]
#[case::closed_by_override(103, "cause = 'account_closed'", "103: Data Connect Fix never helps")]
#[case::waiting_with_a_button(103, "remedy = 'wait'", "`wait` does not go with fixable = true")]
#[case::the_institution_waits_for_itself(
    101,
    "acts = 'user'",
    "`wait` is nothing that `user` can do"
)]
fn an_override_that_cannot_be(#[case] number: i64, #[case] text: &str, #[case] says: &str) {
    let error = with(number, text, Widening::Allowed)
        .unwrap_err()
        .to_string();
    assert!(error.contains(says), "{error}");
}

#[test]
fn two_overrides_of_one_code_are_refused() {
    let one = Override {
        code: code(103),
        change: Change::default(),
    };
    let error = Table::shipped().with(&[one.clone(), one], Widening::Refused);
    assert!(matches!(error, Err(TableError::Twice(_))));
}

proptest! {
    #[test]
    fn no_code_outside_the_nine_gets_fix(number in prop_oneof![any::<i64>(), 0..120_000_i64]) {
        let table = Table::shipped();
        let row = table.row(code(number));
        prop_assert_eq!(row.fixable, FIXABLE.contains(&code(number)));
        if !table.knows(code(number)) {
            prop_assert_eq!(row, table.unknown());
            prop_assert_eq!(row.wording, Wording::Unknown);
            prop_assert_eq!(row.cause, Cause::Unknown);
            prop_assert_eq!(row.acts, Acts::Partner);
        }
    }
}
