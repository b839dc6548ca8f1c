//! Integers of 256 bits, as far as the comparison of two products asks for them.

use std::cmp::Ordering;

/// A product of two 128-bit integers: its sign and its size, high half first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Product {
    negative: bool,
    size: (u128, u128),
}

const HALF: u128 = u64::MAX as u128;

/// Long multiplication, in base 2⁶⁴.
pub fn product(a: i128, b: i128) -> Product {
    let (x, y) = (a.unsigned_abs(), b.unsigned_abs());
    let (x1, x0, y1, y0) = (x >> 64, x & HALF, y >> 64, y & HALF);
    let low = x0 * y0;
    let middle = x1 * y0 + (low >> 64);
    let middle_low = (middle & HALF) + x0 * y1;
    let high = x1 * y1 + (middle >> 64) + (middle_low >> 64);
    let size = (high, (middle_low << 64) | (low & HALF));
    Product { negative: (a < 0) != (b < 0) && size != (0, 0), size }
}

impl PartialOrd for Product {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(match (self.negative, other.negative) {
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            (false, false) => self.size.cmp(&other.size),
            (true, true) => other.size.cmp(&self.size),
        })
    }
}

#[test]
fn long_multiplication_is_right() {
    assert_eq!(product(-3, 4), Product { negative: true, size: (0, 12) });
    assert_eq!(product(0, -4), Product { negative: false, size: (0, 0) });
    let square = product(i128::MAX, i128::MAX);
    // (2¹²⁷ − 1)² = 2²⁵⁴ − 2¹²⁸ + 1
    assert_eq!(square.size, ((1 << 126) - 1, 1));
    assert_eq!(product(1 << 100, 1 << 100).size, (1 << 72, 0));
    assert!(product(-5, 7) < product(-5, 6) && product(5, 6) < product(5, 7));
}
