//! A file with one row per person must keep the rows of a household together. A household that comes back
//! later would be answered twice, each time with some of its persons: two wrong answers.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Names remembered one by one, 16 MB of them; a larger file must be sorted, which needs no memory.
const REMEMBERED: usize = 1 << 20;

/// Why the order of the households is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disorder {
    SeenBefore,
    NotSorted,
}

#[derive(Debug)]
pub struct Order {
    most: usize,
    /// `None`: too many, and sorted so far.
    seen: Option<HashSet<u64>>,
    last: Option<String>,
    by_text: bool,
    by_number: bool,
}

impl Default for Order {
    fn default() -> Self {
        Self::remembering(REMEMBERED)
    }
}

impl Order {
    fn remembering(most: usize) -> Self {
        Self { most, seen: Some(HashSet::new()), last: None, by_text: true, by_number: true }
    }

    /// A household begins.
    pub fn see(&mut self, name: &str) -> Result<(), Disorder> {
        if let Some(last) = &self.last {
            self.by_text &= last.as_str() < name;
            self.by_number &= numbers(last, name) == Some(Ordering::Less);
        }
        let sorted = self.by_text || self.by_number;
        self.last = Some(name.to_owned());
        let Some(seen) = &mut self.seen else {
            return if sorted { Ok(()) } else { Err(Disorder::NotSorted) };
        };
        let mut hasher = DefaultHasher::new();
        name.hash(&mut hasher);
        if !seen.insert(hasher.finish()) {
            return Err(Disorder::SeenBefore);
        }
        if seen.len() >= self.most {
            if !sorted {
                return Err(Disorder::NotSorted);
            }
            self.seen = None;
        }
        Ok(())
    }
}

/// How two whole numbers compare, of any length.
fn numbers(a: &str, b: &str) -> Option<Ordering> {
    let digits = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    let (a, b) = (
        digits(a).then(|| a.trim_start_matches('0'))?,
        digits(b).then(|| b.trim_start_matches('0'))?,
    );
    Some(a.len().cmp(&b.len()).then_with(|| a.cmp(b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_order_will_do_while_names_are_remembered() {
        let mut order = Order::remembering(10);
        for name in ["b", "a", "c"] {
            assert_eq!(order.see(name), Ok(()));
        }
        assert_eq!(order.see("a"), Err(Disorder::SeenBefore));
    }

    #[test]
    fn a_large_file_is_sorted() {
        let mut order = Order::remembering(3);
        for name in ["8", "9", "10", "11", "100"] {
            assert_eq!(order.see(name), Ok(()), "as numbers");
        }
        assert_eq!(order.see("12"), Err(Disorder::NotSorted));
        let mut order = Order::remembering(3);
        for name in ["a10", "a9", "b"] {
            assert_eq!(order.see(name), Ok(()), "as texts");
        }
        assert_eq!(order.see("a"), Err(Disorder::NotSorted));
        let mut order = Order::remembering(2);
        assert_eq!(order.see("2"), Ok(()));
        assert_eq!(
            order.see("1"),
            Err(Disorder::NotSorted),
            "the memory is full and it is not sorted"
        );
    }
}
