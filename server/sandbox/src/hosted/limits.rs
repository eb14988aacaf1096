//! How long a visit may last: pure rules over times of the sandbox's clock.

use chrono::{DateTime, Duration, Utc};

/// The pause after the warning before the visit ends.
const GRACE: Duration = Duration::minutes(2);
/// The longest visit after the person has signed in.
const SESSION: Duration = Duration::hours(1);

/// Refused sign-ins before the visit ends.
pub(super) const SIGN_INS: u8 = 5;

/// What the person is busy with, as far as idling goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pace {
    /// On our pages: warned after 5 idle minutes.
    Ours,
    /// At the institution's own site: warned after 10.
    Institution,
}

impl Pace {
    fn quiet(self) -> Duration {
        match self {
            Self::Ours => Duration::minutes(5),
            Self::Institution => Duration::minutes(10),
        }
    }
}

/// Where a visit stands in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// Goes on; the warning is due in so long.
    Active(Duration),
    /// The person has been idle; the visit ends in so long.
    Warning(Duration),
    /// Its time is over.
    Over,
}

/// Decides from the last sign of the person and the moment of sign-in.
pub(super) fn phase(
    pace: Pace,
    seen: DateTime<Utc>,
    signed_in: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Phase {
    let warned = seen + pace.quiet();
    let session_end = signed_in.map(|at| at + SESSION);
    let ends = session_end.map_or(warned + GRACE, |end| end.min(warned + GRACE));
    if now >= ends {
        Phase::Over
    } else if now >= warned {
        Phase::Warning(ends - now)
    } else {
        Phase::Active((warned - now).min(ends - now))
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_790_000_000 + seconds, 0).unwrap()
    }

    #[rstest]
    #[case(Pace::Ours, 0, Phase::Active(Duration::seconds(300)))]
    #[case(Pace::Ours, 299, Phase::Active(Duration::seconds(1)))]
    #[case(Pace::Ours, 300, Phase::Warning(Duration::seconds(120)))]
    #[case(Pace::Ours, 419, Phase::Warning(Duration::seconds(1)))]
    #[case(Pace::Ours, 420, Phase::Over)]
    #[case(Pace::Institution, 420, Phase::Active(Duration::seconds(180)))]
    #[case(Pace::Institution, 600, Phase::Warning(Duration::seconds(120)))]
    #[case(Pace::Institution, 720, Phase::Over)]
    fn idle(#[case] pace: Pace, #[case] seconds: i64, #[case] expected: Phase) {
        assert_eq!(phase(pace, at(0), None, at(seconds)), expected);
    }

    #[test]
    fn one_hour_after_sign_in_however_busy() {
        let busy = |now| phase(Pace::Ours, at(now - 1), Some(at(0)), at(now));
        assert_eq!(busy(3590), Phase::Active(Duration::seconds(10)));
        assert_eq!(busy(3600), Phase::Over);
    }
}
