use std::cmp::Ordering;

use base::{Rational, Rounding};
use proptest::prelude::*;

use crate::wide::product;

/// Fractions of every size: amounts in cents, rates, halves of exactly 64 bits, and beyond.
fn fraction() -> impl Strategy<Value = Rational> {
    let num = prop_oneof![
        4 => -1_000_000_i128..1_000_000,
        2 => -100_i128..100,
        2 => any::<i64>().prop_map(i128::from),
        1 => prop::sample::select(vec![i128::from(i64::MIN), i128::from(i64::MAX), 1 << 64, 0]),
        1 => any::<i128>().prop_map(|it| it >> 20),
    ];
    let den = prop_oneof![
        4 => prop::sample::select(vec![1_i128, 2, 10, 12, 100, 1_000, 1_200, 10_000]),
        2 => 1_i128..1_000,
        2 => (1..=i64::MAX).prop_map(i128::from),
        1 => Just(i128::from(i64::MAX)),
        1 => (1..=i128::MAX).prop_map(|it| (it >> 40).max(1)),
    ];
    (num, den).prop_map(|(num, den)| Rational::new(num, den).unwrap())
}

fn halves(it: Rational) -> (i128, i128) {
    (it.numerator(), it.denominator())
}

fn gcd(a: u128, b: u128) -> u128 {
    if b == 0 { a } else { gcd(b, a % b) }
}

fn in_lowest_terms(it: Rational) -> bool {
    let (num, den) = halves(it);
    den > 0 && gcd(num.unsigned_abs(), den.unsigned_abs()) == 1
}

/// Whether the fraction is `num / den`, by cross multiplication.
fn equals(it: Rational, num: i128, den: i128) -> bool {
    in_lowest_terms(it) && product(it.numerator(), den) == product(num, it.denominator())
}

/// The sum without any care: over the product of the denominators.
fn plain_sum(a: Rational, b: Rational) -> Option<(i128, i128)> {
    let ((an, ad), (bn, bd)) = (halves(a), halves(b));
    let num = an.checked_mul(bd)?.checked_add(bn.checked_mul(ad)?)?;
    Some((num, ad.checked_mul(bd)?))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    #[test]
    fn sums_are_exact(a in fraction(), b in fraction()) {
        let sum = a.checked_add(b);
        if let Some((num, den)) = plain_sum(a, b) {
            prop_assert!(equals(sum.unwrap(), num, den));
        } else if let Some(sum) = sum {
            // It fits although the plain way does not: taking one term away leaves the other.
            prop_assert!(in_lowest_terms(sum));
            prop_assert_eq!(sum.checked_sub(b).map(|it| it == a), Some(true));
        }
        prop_assert_eq!(sum, b.checked_add(a));
    }

    #[test]
    fn products_are_exact(a in fraction(), b in fraction()) {
        let found = a.checked_mul(b);
        let ((an, ad), (bn, bd)) = (halves(a), halves(b));
        if let (Some(num), Some(den)) = (an.checked_mul(bn), ad.checked_mul(bd)) {
            prop_assert!(equals(found.unwrap(), num, den));
        } else if let Some(it) = found {
            prop_assert!(in_lowest_terms(it));
            prop_assert_eq!(it.checked_div(b), if b.is_zero() { None } else { Some(a) });
        }
        prop_assert_eq!(found, b.checked_mul(a));
    }

    #[test]
    fn quotients_undo_products(a in fraction(), b in fraction()) {
        match a.checked_div(b) {
            Some(it) => {
                prop_assert!(in_lowest_terms(it));
                prop_assert_eq!(it.checked_mul(b), Some(a));
            }
            None => prop_assert!(b.is_zero() || !fits(a) || !fits(b)),
        }
    }

    #[test]
    fn order_is_that_of_cross_products(a in fraction(), b in fraction()) {
        let ((an, ad), (bn, bd)) = (halves(a), halves(b));
        let (left, right) = (product(an, bd), product(bn, ad));
        prop_assert_eq!(a.cmp(&b), left.partial_cmp(&right).unwrap());
        prop_assert_eq!(a == b, a.cmp(&b) == Ordering::Equal);
    }

    #[test]
    fn rounding_goes_to_the_right_neighbour(a in fraction(), quantum in fraction()) {
        let rounded = |mode| a.rounded(quantum, mode);
        if quantum <= Rational::ZERO {
            prop_assert_eq!(rounded(Rounding::Nearest), None);
            return Ok(());
        }
        let (Some(down), Some(up), Some(near)) =
            (rounded(Rounding::Down), rounded(Rounding::Up), rounded(Rounding::Nearest)) else {
            return Ok(());
        };
        for it in [down, up, near] {
            prop_assert!(it.checked_div(quantum).unwrap().is_integer());
        }
        prop_assert!(down <= a && a <= up);
        let step = up.checked_sub(down);
        prop_assert!(step == Some(Rational::ZERO) || step == Some(quantum) || step.is_none());
        let gaps = (a.checked_sub(down), up.checked_sub(a));
        if let (Some(below), Some(above)) = gaps {
            let expected = match below.cmp(&above) {
                Ordering::Less => down,
                Ordering::Greater => up,
                Ordering::Equal if a.is_negative() => down,
                Ordering::Equal => up,
            };
            prop_assert_eq!(near, expected);
        }
    }
}

/// Both halves on 64 bits: nothing that is done with two of these can overflow.
fn fits(it: Rational) -> bool {
    i64::try_from(it.numerator()).is_ok() && i64::try_from(it.denominator()).is_ok()
}

#[test]
fn a_sum_fits_whenever_its_lowest_terms_do() {
    // The product of the denominators needs 150 bits, the least common one 100.
    let unit = 1_i128 << 50;
    let a = Rational::new(1, unit * unit).unwrap();
    let b = Rational::new(3, unit).unwrap();
    let sum = a.checked_add(b).unwrap();
    assert_eq!(halves(sum), (1 + 3 * unit, unit * unit));
    let largest = Rational::new(i128::MAX, 1).unwrap();
    assert_eq!(largest.checked_add(Rational::ONE), None);
    assert_eq!(largest.checked_mul(Rational::from(2)), None);
}

#[test]
fn the_ends_of_64_bits_are_no_special_case() {
    let (least, most) = (Rational::from(i64::MIN), Rational::from(i64::MAX));
    assert_eq!(halves(least.checked_add(least).unwrap()), (i128::from(i64::MIN) * 2, 1));
    assert_eq!(least.checked_mul(least).unwrap().numerator(), 1 << 126);
    assert_eq!(least.checked_div(least), Some(Rational::ONE));
    let tiny = Rational::new(1, i128::from(i64::MAX)).unwrap();
    assert_eq!(tiny.checked_mul(most), Some(Rational::ONE));
    assert_eq!(tiny.checked_add(tiny).unwrap().checked_sub(tiny), Some(tiny));
    assert_eq!(least.checked_mul(tiny).unwrap().denominator(), i128::from(i64::MAX));
}
