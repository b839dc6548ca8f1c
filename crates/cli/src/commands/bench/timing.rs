//! Durations, as medians, and their writing without binary fractions.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use base::{Rational, Rounding};

const MOST_RUNS: usize = 301;
const FEWEST_RUNS: usize = 5;
/// A slow call is not repeated for longer than that.
const BUDGET: Duration = Duration::from_millis(700);

/// The median duration of one call, after warm-up.
pub fn median_of(mut call: impl FnMut()) -> Duration {
    let mut durations = Vec::new();
    let begin = Instant::now();
    for _ in 0..MOST_RUNS / 10 {
        call();
        if begin.elapsed() > BUDGET / 5 {
            break;
        }
    }
    let begin = Instant::now();
    while durations.len() < FEWEST_RUNS || (durations.len() < MOST_RUNS && begin.elapsed() < BUDGET)
    {
        let start = Instant::now();
        call();
        durations.push(start.elapsed());
    }
    median(durations)
}

/// What the call answers, and the processor time it took: what other programs of the machine take does not
/// count. Known to some tens of microseconds: for calls of a millisecond and more.
pub fn worked<T>(call: impl FnOnce() -> T) -> (T, Duration) {
    let (start, before) = (Instant::now(), thread_time());
    let res = call();
    let worked = thread_time().zip(before).map(|(after, before)| after.saturating_sub(before));
    (res, worked.unwrap_or_else(|| start.elapsed()))
}

/// Since this thread began; `None` where the system does not tell. The system counts when it chooses who runs:
/// giving way for an instant makes it count.
fn thread_time() -> Option<Duration> {
    thread::yield_now();
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    told.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

pub fn median(mut durations: Vec<Duration>) -> Duration {
    durations.sort_unstable();
    durations.get(durations.len() / 2).copied().unwrap_or_default()
}

/// Whole microseconds, at least one.
pub fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX).max(1)
}

/// Milliseconds, to the hundredth.
pub fn millis(duration: Duration) -> Rational {
    hundredths(duration.as_nanos(), 1_000_000)
}

/// How many times longer, to the hundredth.
pub fn ratio(longer: Duration, shorter: Duration) -> Rational {
    hundredths(longer.as_nanos(), shorter.as_nanos())
}

/// How many in a second.
pub fn per_second(count: usize, duration: Duration) -> u64 {
    let count = u128::try_from(count).unwrap_or(u128::MAX).saturating_mul(1_000_000_000);
    u64::try_from(count / duration.as_nanos().max(1)).unwrap_or(u64::MAX)
}

fn hundredths(amount: u128, unit: u128) -> Rational {
    let exact = i128::try_from(amount).ok().zip(i128::try_from(unit.max(1)).ok());
    exact
        .and_then(|(amount, unit)| Rational::new(amount, unit))
        .and_then(|it| it.rounded(Rational::from_cents(1), Rounding::Nearest))
        .unwrap_or(Rational::ZERO)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_rounded_once() {
        assert_eq!(median([3, 1, 2].map(Duration::from_nanos).to_vec()), Duration::from_nanos(2));
        assert_eq!(millis(Duration::from_micros(1_235)).to_string(), "1,24");
        let ratio = ratio(Duration::from_secs(2), Duration::from_secs(3));
        assert_eq!(ratio.to_string(), "0,67");
        assert_eq!(per_second(500, Duration::from_millis(2)), 250_000);
        assert_eq!(micros(Duration::from_nanos(10)), 1);
    }
}
