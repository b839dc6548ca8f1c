//! Sets of facts, each distinct set kept once: what a value depends on travels as a number.

use std::collections::HashMap;

/// A set of [`Sets`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub(crate) struct SetId(u32);

impl SetId {
    pub const EMPTY: Self = Self(0);
}

const BITS: usize = 64;

#[derive(Debug)]
pub(crate) struct Sets {
    /// The words of each set, without trailing zeros: equal sets are equal lists.
    sets: Vec<Box<[u64]>>,
    index: HashMap<Box<[u64]>, SetId>,
    unions: HashMap<(SetId, SetId), SetId>,
    singles: Vec<Option<SetId>>,
}

impl Sets {
    pub fn new() -> Self {
        let empty: Box<[u64]> = Box::default();
        let index = HashMap::from([(empty.clone(), SetId::EMPTY)]);
        Self { sets: vec![empty], index, unions: HashMap::new(), singles: Vec::new() }
    }

    pub fn single(&mut self, element: usize) -> SetId {
        if let Some(Some(known)) = self.singles.get(element) {
            return *known;
        }
        let mut words = vec![0_u64; (element / BITS).saturating_add(1)];
        if let Some(word) = words.last_mut() {
            *word |= 1_u64 << (element % BITS);
        }
        let res = self.intern(words.into_boxed_slice());
        if self.singles.len() <= element {
            self.singles.resize(element.saturating_add(1), None);
        }
        if let Some(slot) = self.singles.get_mut(element) {
            *slot = Some(res);
        }
        res
    }

    pub fn union(&mut self, a: SetId, b: SetId) -> SetId {
        if a == b || b == SetId::EMPTY {
            return a;
        }
        if a == SetId::EMPTY {
            return b;
        }
        let key = (a.min(b), a.max(b));
        if let Some(known) = self.unions.get(&key) {
            return *known;
        }
        let (long, short) = (self.words(a), self.words(b));
        let (long, short) = if long.len() >= short.len() { (long, short) } else { (short, long) };
        let mut words: Box<[u64]> = long.into();
        for (word, other) in words.iter_mut().zip(short) {
            *word |= other;
        }
        let res = self.intern(words);
        self.unions.insert(key, res);
        res
    }

    pub fn meet(&self, a: SetId, b: SetId) -> bool {
        a != SetId::EMPTY
            && b != SetId::EMPTY
            && self.words(a).iter().zip(self.words(b)).any(|(a, b)| a & b != 0)
    }

    pub fn contains(&self, set: SetId, element: usize) -> bool {
        let word = self.words(set).get(element / BITS).copied().unwrap_or_default();
        word & (1_u64 << (element % BITS)) != 0
    }

    pub fn elements(&self, set: SetId) -> Vec<usize> {
        let mut res = Vec::new();
        for (rank, word) in self.words(set).iter().enumerate() {
            let mut rest = *word;
            while rest != 0 {
                let bit = usize::try_from(rest.trailing_zeros()).unwrap_or_default();
                res.push(rank.saturating_mul(BITS).saturating_add(bit));
                rest &= rest.wrapping_sub(1);
            }
        }
        res
    }

    pub fn len(&self, set: SetId) -> usize {
        let bits: u32 = self.words(set).iter().map(|it| it.count_ones()).sum();
        usize::try_from(bits).unwrap_or(usize::MAX)
    }

    fn words(&self, set: SetId) -> &[u64] {
        let at = usize::try_from(set.0).unwrap_or(usize::MAX);
        self.sets.get(at).map(AsRef::as_ref).unwrap_or_default()
    }

    fn intern(&mut self, words: Box<[u64]>) -> SetId {
        if let Some(known) = self.index.get(&words) {
            return *known;
        }
        let id = SetId(u32::try_from(self.sets.len()).unwrap_or(u32::MAX));
        self.sets.push(words.clone());
        self.index.insert(words, id);
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_sets_are_one() {
        let mut sets = Sets::new();
        let (a, b, far) = (sets.single(3), sets.single(70), sets.single(200));
        let (ab, ba) = (sets.union(a, b), sets.union(b, a));
        assert_eq!(ab, ba);
        assert_eq!(sets.elements(ab), [3, 70]);
        assert!(sets.meet(ab, b) && !sets.meet(ab, far));
        let all = sets.union(far, ab);
        assert!(sets.contains(all, 200) && !sets.contains(ab, 200));
        assert_eq!((sets.len(all), sets.len(SetId::EMPTY)), (3, 0));
    }
}
