//! From a thousand households to ten million, streamed.

use std::time::{Duration, Instant};

use anyhow::Result;

use super::law::{bench, whole};

const SIZES: [u64; 5] = [1_000, 10_000, 100_000, 1_000_000, 10_000_000];
/// What the memory has to stay under.
pub const MOST_MIB: u64 = 512;

/// One run of the batch, in a process of its own.
pub struct Size {
    pub households: u64,
    pub evaluate_us: u64,
    pub fill_us: u64,
    pub peak_mib: u64,
    /// By the clock, from the start of the process to its end.
    pub whole: Duration,
}

pub fn measure(tandem: &str) -> Result<Vec<Size>> {
    SIZES.iter().map(|size| one(tandem, *size)).collect()
}

fn one(tandem: &str, households: u64) -> Result<Size> {
    let count = households.to_string();
    let begin = Instant::now();
    let found = bench(tandem, &["--lot-seul", "--foyers", &count])?;
    Ok(Size {
        households,
        evaluate_us: whole(&found, "evaluate_us"),
        fill_us: whole(&found, "fill_us"),
        peak_mib: whole(&found, "peak_mib"),
        whole: begin.elapsed(),
    })
}

impl Size {
    /// Nanoseconds of calculation for one household.
    pub fn each(&self) -> u64 {
        (self.evaluate_us * 1_000).checked_div(self.households).unwrap_or(0)
    }

    pub fn fill_each(&self) -> u64 {
        (self.fill_us * 1_000).checked_div(self.households).unwrap_or(0)
    }
}

pub fn report(sizes: &[Size]) -> String {
    let row = |it: &Size| {
        let Size { households, evaluate_us, peak_mib, .. } = it;
        let seconds = format!("{}.{:03}", evaluate_us / 1_000_000, evaluate_us / 1_000 % 1_000);
        let (each, fill, all) = (it.each(), it.fill_each(), it.whole.as_millis());
        let all = format!("{}.{}", all / 1_000, all / 100 % 10);
        format!("| {} | {seconds} | {each} | {fill} | {peak_mib} | {all} |", grouped(*households))
    };
    let rows: Vec<String> = sizes.iter().map(row).collect();
    format!(
        "One month, six aids, one thread, households made on the fly and streamed; each size in a process of its own, \
         whose most memory is told (aim: ≤ {MOST_MIB} MiB). Calculation and columns are processor time; the last column \
         is the clock, making the households included.\n\n\
         | households | calculation (s) | for one household (ns) | turning it into columns, besides (ns) | most memory (MiB) \
         | whole process, clock (s) |\n\
         |---|---|---|---|---|---|\n{}\n\n\
         Largest beside smallest of these costs for one household, from 10,000 households on: {}.\n\n\
         ![Processor time for one household and most memory, from a thousand households to ten million](growth.svg)",
        rows.join("\n"),
        spread(sizes),
    )
}

/// A growth is linear when what one household costs stays the same. A thousand are told, but not counted here: they
/// are not enough to fill a chunk.
fn spread(sizes: &[Size]) -> String {
    let each = || sizes.iter().filter(|it| it.households >= 10_000).map(Size::each);
    let (most, least) = (each().max().unwrap_or(0), each().min().unwrap_or(0));
    let hundredths = (most * 100).checked_div(least).unwrap_or(0);
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// « 10 000 ».
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut res = String::new();
    for (rank, digit) in digits.chars().enumerate() {
        if rank > 0 && (digits.len() - rank).is_multiple_of(3) {
            res.push('\u{202f}');
        }
        res.push(digit);
    }
    res
}
