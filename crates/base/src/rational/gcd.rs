//! The greatest common divisor, of which exact fractions are made.

/// The greatest number that divides both; 1 when both are zero.
pub(crate) fn gcd(mut a: u128, mut b: u128) -> u128 {
    loop {
        // 64 bits as soon as both fit, which is nearly always and much faster.
        if let (Ok(small_a), Ok(small_b)) = (u64::try_from(a), u64::try_from(b)) {
            return u128::from(gcd_small(small_a, small_b));
        }
        if b == 0 {
            return a;
        }
        (a, b) = (b, a % b);
    }
}

/// The same on 64 bits.
pub(crate) fn gcd_small(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    if a == 0 { 1 } else { a }
}
