use crate::api::connect::Phase;

texts! {
    /// Texts of the steps.
    ProgressWords {
        /// First step.
        returned,
        /// Second step.
        signed_in,
        /// Third step.
        accounts_found,
        /// For screen readers, after a step that is done.
        done,
        /// For screen readers, after one that is not.
        open,
        /// When the page stops asking.
        paused,
    }
}

/// Milliseconds until the next question, after `waited` milliseconds in this
/// phase; `None` when there is no more point in asking.
pub fn wait(phase: Phase, waited: u32) -> Option<u32> {
    let (least, most, until) = match phase {
        // The server tells an end within two minutes.
        Phase::Checking => (1_000, 4_000, 150_000),
        // A link lives for two hours, a visit for one more.
        Phase::Waiting | Phase::AtInstitution => (2_000, 15_000, 3 * 3_600_000),
        Phase::Over => return None,
    };
    (waited < until).then(|| (waited / 4).clamp(least, most))
}

#[cfg(test)]
mod tests {
    use super::wait;
    use crate::api::connect::Phase;

    fn questions(phase: Phase) -> (u32, u32) {
        let (mut asked, mut waited) = (0, 0);
        while let Some(pause) = wait(phase, waited) {
            asked += 1;
            waited += pause;
        }
        (asked, waited)
    }

    #[test]
    fn checking_is_asked_for_until_after_the_promised_end() {
        let (asked, waited) = questions(Phase::Checking);
        assert!(waited > 120_000, "{waited}");
        assert!(asked < 50, "{asked}");
    }

    #[test]
    fn a_long_visit_costs_few_questions() {
        let (asked, waited) = questions(Phase::AtInstitution);
        assert!(waited >= 3 * 3_600_000 && asked < 800, "{asked}");
        assert_eq!(questions(Phase::Over), (0, 0));
    }
}
