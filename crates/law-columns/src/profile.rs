//! What stands out in a household, to evaluate together those that are alike.
//!
//! An income nobody has costs nothing in a chunk, and a branch nobody takes is not computed: put together,
//! households cost less. It changes no answer.

use base::Rational;
use law_ir::{Fact, Household, Value};

/// One bit for each thing that may stand out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Profile(u128);

/// Bits of the facts; those above tell how the household is made.
const FACTS: usize = 87;
/// From this bit on, the months in which amounts change: as many as are ever read together, or nearly.
const MONTHS: u32 = 87;
const MANY_MONTHS: i32 = 31;
const COUPLE: u32 = 118;
const CHILDREN: u32 = 119;
const SEVERAL_FAMILIES: u32 = 123;
/// A change is out of the ordinary where fewer than one household in so many has one that month.
const FEW: usize = 10;
/// An amount that is not in cents.
const ODD: u32 = 127;

impl Profile {
    pub fn of_groups(household: &Household) -> Self {
        let mut bits = 0u128;
        let mut set = |bit: u32| bits |= 1u128.wrapping_shl(bit);
        if household.families.len() > 1 {
            set(SEVERAL_FAMILIES);
        }
        for family in &household.families {
            if family.partner.is_some() {
                set(COUPLE);
            }
            let children = family.children.len().min(4);
            (0..u32::try_from(children).unwrap_or(0)).for_each(|it| set(CHILDREN.wrapping_add(it)));
        }
        Self(bits)
    }

    /// Notes what stands out in a fact of this rank: an amount, a yes, a case, something not known.
    pub fn fact(&mut self, rank: usize, fact: &Fact) {
        let Fact::Known(history) = fact else {
            return self.note(rank);
        };
        for (_, value) in &history.points {
            match value {
                Some(Value::Number(it)) if it.is_zero() => {}
                Some(Value::Number(it)) => {
                    self.note(rank);
                    if !is_in_cents(*it) {
                        self.0 |= 1u128.wrapping_shl(ODD);
                    }
                }
                Some(Value::Bool(true)) => self.note(rank),
                Some(Value::Case(case)) => {
                    self.note(rank.wrapping_add((case.0 as usize).wrapping_mul(31)));
                }
                Some(Value::Bool(false) | Value::Date(_)) | None => {}
            }
        }
    }

    /// Notes an amount that changes that month.
    pub fn changes(&mut self, month: i32) {
        let bit = u32::try_from(month.rem_euclid(MANY_MONTHS)).unwrap_or(0);
        self.0 |= 1u128.wrapping_shl(MONTHS.wrapping_add(bit));
    }

    fn note(&mut self, rank: usize) {
        let bit = u32::try_from(rank.checked_rem(FACTS).unwrap_or(0)).unwrap_or(0);
        self.0 |= 1u128.wrapping_shl(bit);
    }

    pub fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    fn bits(self) -> impl Iterator<Item = u32> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let bit = (rest != 0).then(|| rest.trailing_zeros())?;
            rest &= rest.wrapping_sub(1);
            Some(bit)
        })
    }
}

fn is_in_cents(number: Rational) -> bool {
    u8::try_from(number.denominator()).is_ok_and(|it| 100u8.checked_rem(it) == Some(0))
}

/// The ranks of these households, from `start` on, in an order that puts those that are alike together: the
/// rarer a thing, the more it sets apart.
pub(crate) fn alike(profiles: &[Profile], start: usize) -> Vec<u32> {
    let mut counts = [0u32; 128];
    for bit in profiles.iter().flat_map(|it| it.bits()) {
        if let Some(count) = counts.get_mut(bit as usize) {
            *count = count.saturating_add(1);
        }
    }
    let mut order: Vec<u32> = (0..128).collect();
    // The most common first, whence the lowest bits of the key. A month in which nobody's amounts change is the
    // month before: the few who change in one are put apart before all others.
    order.sort_by_key(|bit| {
        let count = counts.get(*bit as usize).copied().unwrap_or(0);
        let few = (count as usize).saturating_mul(FEW) < profiles.len();
        let month = (MONTHS..COUPLE).contains(bit);
        (*bit != ODD, month && few, std::cmp::Reverse(count))
    });
    // The rarest that anybody has are told apart; there is no room for all.
    let met = |bit: &&u32| counts.get(**bit as usize).is_some_and(|it| *it > 0);
    let mut weight = [0u64; 128];
    let rarest = order.iter().skip(1).rev().filter(met);
    for (bit, rank) in order.iter().take(1).chain(rarest).zip((0..64).rev()) {
        if let Some(slot) = weight.get_mut(*bit as usize) {
            *slot = 1u64.wrapping_shl(rank);
        }
    }
    let mut keyed: Vec<(u64, u32)> = Vec::with_capacity(profiles.len());
    for (rank, profile) in profiles.iter().enumerate() {
        let key =
            profile.bits().fold(0, |key, bit| key | weight.get(bit as usize).copied().unwrap_or(0));
        let household = start.saturating_add(rank);
        keyed.push((key, u32::try_from(household).unwrap_or(u32::MAX)));
    }
    keyed.sort_unstable();
    keyed.into_iter().map(|(_, household)| household).collect()
}
