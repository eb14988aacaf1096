//! The rules, case by case and for all counts.

use proptest::prelude::*;
use rstest::rstest;

use super::*;

const fn counts(read: u32, broken: u32) -> Counts {
    Counts { read, broken }
}

const fn ongoing(by: By, back: u32, still: u32) -> Ongoing {
    let parts = 0;
    Ongoing {
        by,
        back,
        still,
        parts,
    }
}

#[rstest]
#[case::a_small_sample_says_nothing(counts(29, 29), Verdict::NotEnough)]
#[case::nobody(counts(0, 0), Verdict::NotEnough)]
#[case::all_well(counts(30, 0), Verdict::Ordinary)]
#[case::a_fifth(counts(30, 6), Verdict::Failing)]
#[case::a_little_less(counts(31, 6), Verdict::Ordinary)]
#[case::everybody(counts(5_000, 5_000), Verdict::Failing)]
fn counts_amount_to(#[case] counts: Counts, #[case] expected: Verdict) {
    assert_eq!(Settings::default().weigh(counts), expected);
}

#[test]
fn a_handful_must_have_broken_whatever_their_share() {
    let settings = Settings {
        sample: 5,
        ..Settings::default()
    };
    assert_eq!(settings.weigh(counts(5, 2)), Verdict::Ordinary);
    assert_eq!(settings.weigh(counts(5, 3)), Verdict::Failing);
}

#[rstest]
#[case::quiet(OwnWord::Fine, counts(100, 1), None, Decision::Stay)]
#[case::it_breaks(OwnWord::Fine, counts(100, 20), None, Decision::Open(By::Failures))]
#[case::too_few_to_say(OwnWord::Fine, counts(20, 20), None, Decision::Stay)]
#[case::its_own_word(OwnWord::InTrouble, counts(0, 0), None, Decision::Open(By::Status))]
#[case::its_word_holds(
    OwnWord::InTrouble,
    counts(100, 0),
    Some(ongoing(By::Status, 9, 0)),
    Decision::Stay
)]
#[case::its_word_is_good_again(
    OwnWord::Fine,
    counts(0, 0),
    Some(ongoing(By::Status, 0, 9)),
    Decision::Close
)]
#[case::readings_gainsay_its_word(
    OwnWord::Fine,
    counts(40, 0),
    Some(ongoing(By::Status, 0, 9)),
    Decision::Stay
)]
#[case::nobody_looked(
    OwnWord::Fine,
    counts(0, 0),
    Some(ongoing(By::Failures, 5, 5)),
    Decision::Stay
)]
#[case::still_too_many(
    OwnWord::Fine,
    counts(40, 0),
    Some(ongoing(By::Failures, 9, 8)),
    Decision::Stay
)]
#[case::too_few_back(
    OwnWord::Fine,
    counts(100, 0),
    Some(ongoing(By::Failures, 2, 3)),
    Decision::Stay
)]
#[case::three_of_five_are_back(
    OwnWord::Fine,
    counts(30, 0),
    Some(ongoing(By::Failures, 3, 2)),
    Decision::Close
)]
#[case::all_are_back(
    OwnWord::Fine,
    counts(3, 0),
    Some(ongoing(By::Failures, 3, 0)),
    Decision::Close
)]
#[case::back_but_it_says_it_is_down(
    OwnWord::InTrouble,
    counts(30, 0),
    Some(ongoing(By::Failures, 3, 0)),
    Decision::Stay
)]
fn a_look_decides(
    #[case] word: OwnWord,
    #[case] counts: Counts,
    #[case] open: Option<Ongoing>,
    #[case] expected: Decision,
) {
    let decision = decide(&Settings::default(), word, counts, open.as_ref());
    assert_eq!(decision, expected);
}

#[rstest]
#[case::two_institutions(2, counts(0, 0), 0, None, Decision::Stay)]
#[case::three(3, counts(0, 0), 0, None, Decision::Open(By::Failures))]
#[case::its_own_codes(0, counts(100, 25), 3, None, Decision::Open(By::Failures))]
#[case::at_one_large_place(0, counts(100, 25), 1, None, Decision::Stay)]
#[case::spread_but_few(0, counts(1_000, 25), 9, None, Decision::Stay)]
#[case::a_part_goes_on(0, counts(100, 0), 0, Some(Ongoing { parts: 1, ..ongoing(By::Failures, 9, 0) }), Decision::Stay)]
#[case::all_is_over(
    0,
    counts(100, 0),
    0,
    Some(ongoing(By::Failures, 0, 0)),
    Decision::Close
)]
fn a_look_at_all_decides(
    #[case] parts: u32,
    #[case] counts: Counts,
    #[case] spread: u32,
    #[case] open: Option<Ongoing>,
    #[case] expected: Decision,
) {
    let settings = Settings::default();
    let decision = decide_mastercard(&settings, parts, counts, spread, open.as_ref());
    assert_eq!(decision, expected);
}

#[test]
fn what_a_user_must_do_is_of_no_outage() {
    let table = Table::shipped();
    let institution = Codes::of(&table, Acts::Institution);
    let mastercard = Codes::of(&table, Acts::Mastercard);
    let has = |codes: &Codes, code: i64| codes.as_str().contains(&format!(",{code},"));
    assert!(has(&institution, 102) && !has(&mastercard, 102));
    assert!(has(&mastercard, 125) && !has(&institution, 125));
    for row in table.rows().filter(|row| row.acts == Acts::User) {
        let code = row.code.get();
        assert!(
            !has(&institution, code) && !has(&mastercard, code),
            "{code}"
        );
    }
    assert!(!has(&mastercard, 0) && !has(&mastercard, 325));
}

#[rstest]
#[case::no_data(0, 0, false)]
#[case::too_few_tries(19, 0, false)]
#[case::nobody(20, 0, true)]
#[case::one_of_twenty(20, 1, true)]
#[case::two_of_twenty(20, 2, false)]
fn a_bad_record_needs_enough_tries(
    #[case] tried: u32,
    #[case] connected: u32,
    #[case] expected: bool,
) {
    let record = Record { tried, connected };
    assert_eq!(Settings::default().is_hopeless(record), expected);
}

fn any_settings() -> impl Strategy<Value = Settings> {
    (1_u32..50, 1_u8..=100, 1_u32..200).prop_map(|(customers, share, sample)| Settings {
        customers,
        share,
        sample,
        ..Settings::default()
    })
}

fn any_ongoing() -> impl Strategy<Value = Ongoing> {
    let by = prop_oneof![Just(By::Failures), Just(By::Status)];
    (by, 0_u32..2_000, 0_u32..2_000).prop_map(|(by, back, still)| ongoing(by, back, still))
}

proptest! {
    #[test]
    fn counting_further_than_enough_changes_no_verdict(
        settings in any_settings(), broken in 0_u32..2_000, beyond in 0_u32..20_000,
    ) {
        let most = settings.enough(broken);
        let all = settings.weigh(counts(broken.saturating_add(beyond), broken));
        let counted = settings.weigh(counts(broken.saturating_add(beyond).min(most), broken));
        prop_assert_eq!(all, counted);
    }

    #[test]
    fn nothing_is_said_of_a_small_sample(
        settings in any_settings(), read in 0_u32..200, broken in 0_u32..200,
    ) {
        prop_assume!(read < settings.sample);
        prop_assert_eq!(settings.weigh(counts(read, broken)), Verdict::NotEnough);
        let decision = decide(&settings, OwnWord::Fine, counts(read, broken), None);
        prop_assert_eq!(decision, Decision::Stay);
    }

    #[test]
    fn one_that_readings_opened_never_ends_before_one_is_back(
        settings in any_settings(), read in 0_u32..5_000, broken in 0_u32..5_000, still in 1_u32..2_000,
    ) {
        let open = ongoing(By::Failures, 0, still);
        let decision = decide(&settings, OwnWord::Fine, counts(read, broken), Some(&open));
        prop_assert_eq!(decision, Decision::Stay);
    }

    #[test]
    fn none_ends_while_the_institution_says_that_it_is_down(
        settings in any_settings(), read in 0_u32..5_000, open in any_ongoing(),
    ) {
        let decision = decide(&settings, OwnWord::InTrouble, counts(read, 0), Some(&open));
        prop_assert_eq!(decision, Decision::Stay);
    }

    #[test]
    fn more_that_are_back_end_it_no_later(
        settings in any_settings(), read in 0_u32..5_000, open in any_ongoing(),
    ) {
        prop_assume!(open.still > 0);
        let better = Ongoing { back: open.back + 1, still: open.still - 1, ..open };
        let ends = |open| decide(&settings, OwnWord::Fine, counts(read, 0), Some(&open)) == Decision::Close;
        prop_assert!(!ends(open) || ends(better));
    }
}
