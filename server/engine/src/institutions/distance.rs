//! How many typing mistakes lie between two words.
//!
//! One mistake is a letter more, less, other, or two neighbours swapped
//! (optimal string alignment). Computed a column at a time in the bits of one
//! word (Hyyrö 2003), which also yields, for free, the distance to the best
//! beginning of the other word: what a half-typed word needs.

/// Mistakes forgiven in a word of `letters` letters.
pub(crate) fn forgiven(letters: usize) -> u8 {
    match letters {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    }
}

/// Which letters occur in `word`: one bit a letter or digit, the rest shared.
fn letters(word: &[u8]) -> u64 {
    word.iter().fold(0, |set, &byte| {
        let bit = match byte {
            b'a'..=b'z' => byte - b'a',
            b'0'..=b'9' => 26 + byte - b'0',
            other => 36 + other % 28,
        };
        set | 1 << bit
    })
}

/// Distances from one word to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Distance {
    /// To the whole word.
    pub(crate) whole: u8,
    /// To its nearest beginning.
    pub(crate) half: u8,
    /// Bytes of its beginning that no word within the mistakes forgiven begins
    /// with; 0 where none was found. Both distances are unknown then, but too
    /// long.
    pub(crate) hopeless: usize,
}

/// Every so many letters it is looked whether there is hope.
const LOOK_EACH: usize = 4;

/// Whether at most so many bits are set. Counting them takes several times as
/// long on processors of the oldest kind that we compile for.
fn at_most(most: u8, bits: u64) -> bool {
    (0..most).fold(bits, |rest, _| rest & rest.wrapping_sub(1)) == 0
}

/// Bytes of a word whose letters are compared before the word is.
pub(crate) const FRONT: usize = 8;

/// The letters at the beginning of `word`.
pub(crate) fn front(word: &str) -> u64 {
    letters(&word.as_bytes()[..word.len().min(FRONT)])
}

/// A word prepared for many comparisons.
pub(crate) struct Pattern {
    places: [u64; 256],
    last: u64,
    len: u8,
    /// Mistakes forgiven.
    most: u8,
    /// Letters that the front of a fitting word has, but for mistakes.
    wanted: u64,
    /// Letters that the front of a fitting word may have, but for mistakes.
    allowed: u64,
}

impl Pattern {
    /// `None` for the empty word and for more than 64 bytes, which no one
    /// mistypes by one letter.
    pub(crate) fn new(word: &str, most: u8) -> Option<Self> {
        let len = u8::try_from(word.len())
            .ok()
            .filter(|len| (1..=64).contains(len))?;
        let mut places = [0; 256];
        for (at, byte) in word.bytes().enumerate() {
            places[usize::from(byte)] |= 1 << at;
        }
        let upto = |end: usize| letters(&word.as_bytes()[..end.min(word.len())]);
        let wide = FRONT + usize::from(most);
        // A short word says nothing about all of a longer one's front.
        let allowed = if word.len() >= wide {
            upto(wide)
        } else {
            u64::MAX
        };
        let wanted = upto(FRONT.saturating_sub(most.into()));
        Some(Self {
            places,
            last: 1 << (len - 1),
            len,
            most,
            wanted,
            allowed,
        })
    }

    /// Bytes of the word.
    pub(crate) fn len(&self) -> u8 {
        self.len
    }

    /// Whether a word with this front can begin within the mistakes forgiven:
    /// each letter too few or too many costs one at least.
    pub(crate) fn may_begin(&self, front: u64) -> bool {
        at_most(self.most, self.wanted & !front) && at_most(self.most, front & !self.allowed)
    }

    /// Distances to `word`; of one that is too long to be meant whole, only to
    /// its beginning. Ends early where there is no hope.
    pub(crate) fn distance(&self, word: &str) -> Distance {
        let reach = usize::from(self.len) + usize::from(self.most);
        let (mut up, mut down, mut diagonal, mut before) = (u64::MAX, 0_u64, 0_u64, 0_u64);
        let mut whole = self.len;
        let mut half = self.len;
        for (read, byte) in (1..).zip(word.bytes().take(reach)) {
            let here = self.places[usize::from(byte)];
            let swapped = ((!diagonal & here) << 1) & before;
            diagonal = ((here & up).wrapping_add(up) ^ up) | here | down | swapped;
            let (mut more, mut less) = (down | !(diagonal | up), diagonal & up);
            whole = whole + u8::from(more & self.last != 0) - u8::from(less & self.last != 0);
            half = half.min(whole);
            more = more << 1 | 1;
            less <<= 1;
            up = less | !(diagonal | more);
            down = more & diagonal;
            before = here;
            if read % LOOK_EACH == 0 && half > self.most && self.is_hopeless(read, up, down) {
                return Distance {
                    whole: u8::MAX,
                    half: u8::MAX,
                    hopeless: read,
                };
            }
        }
        Distance {
            whole: if word.len() > reach { u8::MAX } else { whole },
            half,
            hopeless: 0,
        }
    }

    /// Whether the first `read` letters of pattern and word are too far apart,
    /// by the steps up and down the column: whatever the way to a distance
    /// within the mistakes forgiven, it crosses this column at most so many
    /// rows away from here, and a row is worth one mistake.
    fn is_hopeless(&self, read: usize, up: u64, down: u64) -> bool {
        let Some(rows) = 1_u64
            .checked_shl(u32::try_from(read).unwrap_or(u32::MAX))
            .map(|bit| bit - 1)
        else {
            return false;
        };
        let here = read + (up & rows).count_ones() as usize - (down & rows).count_ones() as usize;
        read <= usize::from(self.len) && here > 2 * usize::from(self.most)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("chase", "chase", 0)]
    #[case("chsae", "chase", 1)]
    #[case("chse", "chase", 1)]
    #[case("chaase", "chase", 1)]
    #[case("vangaurd", "vanguard", 1)]
    #[case("welsfarg", "wellsfargo", 2)]
    fn counts_mistakes(#[case] typed: &str, #[case] meant: &str, #[case] mistakes: u8) {
        assert_eq!(
            Pattern::new(typed, 2).unwrap().distance(meant).whole,
            mistakes
        );
    }

    /// The textbook's table.
    fn slow(a: &[u8], b: &[u8]) -> usize {
        let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                table[i][j] = if i == 0 || j == 0 {
                    i + j
                } else {
                    let same = table[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                    let best = same.min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                    let swap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                    if swap {
                        best.min(table[i - 2][j - 2] + 1)
                    } else {
                        best
                    }
                };
            }
        }
        table[a.len()][b.len()]
    }

    proptest! {
        #[test]
        fn a_hopeless_beginning_is_one(a in "[abc]{1,20}", b in "[abc]{0,20}", rest in "[abc]{0,9}", most in 0_u8..3) {
            let found = Pattern::new(&a, most).unwrap().distance(&b);
            if found.hopeless > 0 {
                let word = format!("{}{rest}", &b[..found.hopeless]);
                let half = (0..=word.len()).map(|end| slow(a.as_bytes(), &word.as_bytes()[..end])).min();
                prop_assert!(half > Some(usize::from(most)), "{} begins with {:?}", word, half);
            }
        }

        #[test]
        fn agrees_with_the_table(a in "[abc]{1,12}", b in "[abc]{0,12}") {
            let found = Pattern::new(&a, 12).unwrap().distance(&b);
            prop_assert_eq!(usize::from(found.whole), slow(a.as_bytes(), b.as_bytes()));
            let half = (0..=b.len()).map(|end| slow(a.as_bytes(), &b.as_bytes()[..end])).min();
            prop_assert_eq!(Some(usize::from(found.half)), half);
        }

        #[test]
        fn the_filter_loses_nothing(a in "[a-e]{1,14}", b in "[a-e]{0,14}", most in 0_u8..3) {
            let pattern = Pattern::new(&a, most).unwrap();
            let found = pattern.distance(&b);
            if found.half <= most {
                prop_assert!(pattern.may_begin(front(&b)));
            }
            let whole = slow(a.as_bytes(), b.as_bytes());
            if whole <= usize::from(most) {
                prop_assert_eq!(usize::from(found.whole), whole);
            }
        }
    }
}
