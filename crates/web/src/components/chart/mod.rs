//! Charts drawn by the server: what one would rather look at than read, with the same figures in words
//! and in a table beside it.
//!
//! No script, no inline style. A drawing stretches with the page because every position is a share of its
//! width and height; its words do not stretch, because they are text placed at such a share.

mod curve;
mod examples;
mod lanes;

pub use curve::{Curve, Line, Mark, Stroke, Tick, curve};
pub use examples::examples;
pub use lanes::{Lane, LaneMark, Lanes, Piece, Texture, lanes};

use base::{Rational, Rounding};

/// `part` of `whole` as a share of the drawing, `37.50%`; nothing out of the frame.
///
/// ```
/// use base::Rational;
/// use web::components::chart::percent;
/// assert_eq!(percent(Rational::from(3), Rational::from(8)), "37.50%");
/// assert_eq!(percent(Rational::from(9), Rational::from(8)), "100.00%");
/// assert_eq!(percent(Rational::from(1), Rational::ZERO), "0.00%");
/// ```
pub fn percent(part: Rational, whole: Rational) -> String {
    let share = share(part, whole, 10_000);
    format!("{}.{:02}%", share / 100, share % 100)
}

/// `part` of `whole` counted in `steps`, rounded, never out of `0..=steps`.
fn share(part: Rational, whole: Rational, steps: i64) -> i64 {
    let scaled = part.checked_mul(Rational::from(steps)).and_then(|it| it.checked_div(whole));
    let rounded = scaled.and_then(|it| it.rounded(Rational::ONE, Rounding::Nearest));
    let whole = rounded.map_or(0, Rational::numerator);
    i64::try_from(whole).unwrap_or(steps).clamp(0, steps)
}

/// The same seen from the top, as drawings count.
fn down(part: Rational, whole: Rational, steps: i64) -> i64 {
    steps - share(part, whole, steps)
}

/// A round number just above, that cuts in four: 250, 500, 1 000, 2 000…
///
/// ```
/// use base::Rational;
/// use web::components::chart::ceiling;
/// assert_eq!(ceiling(Rational::from(1_730)), Rational::from(2_000));
/// assert_eq!(ceiling(Rational::ZERO), Rational::from(100));
/// ```
pub fn ceiling(most: Rational) -> Rational {
    let mut step = 100_i64;
    loop {
        for factor in [1, 2, 3, 4, 5, 6, 8] {
            let candidate = Rational::from(step.saturating_mul(factor));
            if candidate >= most {
                return candidate;
            }
        }
        let next = step.saturating_mul(10);
        if next == step || next == i64::MAX {
            return most;
        }
        step = next;
    }
}
