//! Choices, from a seed or from bytes: the same generators serve long runs and coverage-guided fuzzing.

/// Where choices come from. The same source always gives the same choices.
#[derive(Debug, Clone)]
pub struct Dice<'a> {
    source: Source<'a>,
}

#[derive(Debug, Clone)]
enum Source<'a> {
    Seed(u64),
    Bytes(&'a [u8]),
}

impl Dice<'static> {
    /// Choices without end.
    pub fn seeded(seed: u64) -> Self {
        Self { source: Source::Seed(seed) }
    }
}

impl<'a> Dice<'a> {
    /// Choices read from bytes; once they are spent every choice is the first one, which makes whatever is
    /// generated end.
    pub fn of_bytes(bytes: &'a [u8]) -> Self {
        Self { source: Source::Bytes(bytes) }
    }

    /// A number under `sides`; 0 when there are none.
    pub fn below(&mut self, sides: usize) -> usize {
        if sides <= 1 {
            return 0;
        }
        let drawn = match &mut self.source {
            Source::Seed(state) => splitmix(state),
            Source::Bytes(bytes) => {
                let width = if sides <= 256 { 1 } else { 4 };
                let (taken, rest) = bytes.split_at(width.min(bytes.len()));
                *bytes = rest;
                taken.iter().fold(0, |sum, byte| (sum << 8) | u64::from(*byte))
            }
        };
        let sides = u64::try_from(sides).unwrap_or(u64::MAX);
        usize::try_from(drawn % sides).unwrap_or(0)
    }

    /// From `low` to `high`, both included.
    pub fn between(&mut self, low: i32, high: i32) -> i32 {
        let sides = usize::try_from(high.saturating_sub(low).saturating_add(1)).unwrap_or(1);
        low.saturating_add(i32::try_from(self.below(sides)).unwrap_or(0))
    }

    /// True that many times out of a hundred; false once the bytes are spent.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) >= 100usize.saturating_sub(percent)
    }

    /// One of them; `None` when there are none.
    pub fn pick<T: Copy>(&mut self, from: &[T]) -> Option<T> {
        from.get(self.below(from.len())).copied()
    }

    /// One of a list that is never empty, written out where it is called.
    pub fn one_of<T: Copy, const N: usize>(&mut self, from: [T; N]) -> T {
        let [first, ..] = from.as_slice() else { unreachable!("the list is written out") };
        from.get(self.below(N)).copied().unwrap_or(*first)
    }

    /// Puts a list in another order.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            let other = self.below(last.saturating_add(1));
            list.swap(last, other);
        }
    }

    /// Whether bytes are left to choose with.
    pub fn is_spent(&self) -> bool {
        matches!(self.source, Source::Bytes(bytes) if bytes.is_empty())
    }
}

/// Steele, Lea and Flood, “Fast splittable pseudorandom number generators”, 2014.
fn splitmix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_choices_and_every_side() {
        let draw = |seed| {
            let mut dice = Dice::seeded(seed);
            (0..1000).map(|_| dice.below(7)).collect::<Vec<_>>()
        };
        assert_eq!(draw(1), draw(1));
        assert_ne!(draw(1), draw(2));
        for side in 0..7 {
            let times = draw(1).iter().filter(|it| **it == side).count();
            assert!((100..200).contains(&times), "{side}: {times}");
        }
    }

    #[test]
    fn spent_bytes_give_the_first_choice() {
        let mut dice = Dice::of_bytes(&[3, 250]);
        assert_eq!((dice.below(5), dice.below(200)), (3, 50));
        assert!(dice.is_spent());
        assert_eq!((dice.below(5), dice.chance(99)), (0, false));
    }
}
