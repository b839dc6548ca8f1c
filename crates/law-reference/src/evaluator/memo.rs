//! Where the result of each rule is, for somebody and a month.

use base::Month;
use law_ir::{Instance, RuleId};

use crate::trace::Entry;

/// A hash table of ranks in a list of entries: each entry holds its own key.
#[derive(Debug)]
pub(super) struct Memo {
    /// INVARIANT: a power of two of them, half of them `EMPTY` or more.
    ranks: Vec<u32>,
}

/// The rank of no entry.
const EMPTY: u32 = u32::MAX;
/// Enough for the national aids of a family without growing.
const FIRST_SIZE: usize = 2048;

type Key = (RuleId, Instance, Month);

impl Memo {
    pub fn new() -> Self {
        Self { ranks: vec![EMPTY; FIRST_SIZE] }
    }

    pub fn find(&self, entries: &[Entry], key: Key) -> Option<usize> {
        let mut slot = self.first_slot(key);
        loop {
            let rank = usize::try_from(*self.ranks.get(slot)?).ok()?;
            let entry = entries.get(rank)?;
            if (entry.rule, entry.instance, entry.month) == key {
                return Some(rank);
            }
            slot = self.after(slot);
        }
    }

    /// Remembers the last entry, whose key was not there.
    pub fn insert_last(&mut self, entries: &[Entry]) {
        let Some(last) = entries.len().checked_sub(1) else { return };
        if entries.len().saturating_mul(2) > self.ranks.len() {
            self.ranks = vec![EMPTY; self.ranks.len().saturating_mul(2)];
            (0..last).for_each(|rank| self.put(entries, rank));
        }
        self.put(entries, last);
    }

    fn put(&mut self, entries: &[Entry], rank: usize) {
        let (Some(entry), Ok(stored)) = (entries.get(rank), u32::try_from(rank)) else { return };
        let mut slot = self.first_slot((entry.rule, entry.instance, entry.month));
        while self.ranks.get(slot).is_some_and(|it| *it != EMPTY) {
            slot = self.after(slot);
        }
        if let Some(it) = self.ranks.get_mut(slot) {
            *it = stored;
        }
    }

    /// Neighbouring rules, persons and months fall far apart.
    fn first_slot(&self, (rule, instance, month): Key) -> usize {
        let month = month.since(Month::of(2000, 1)).cast_unsigned();
        let key = (u64::from(rule.0) << 32) ^ (u64::from(instance) << 16) ^ u64::from(month);
        let mixed = key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
        usize::try_from(mixed).unwrap_or_default() & self.mask()
    }

    fn after(&self, slot: usize) -> usize {
        slot.wrapping_add(1) & self.mask()
    }

    fn mask(&self) -> usize {
        self.ranks.len().saturating_sub(1)
    }
}
