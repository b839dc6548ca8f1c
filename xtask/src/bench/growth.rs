//! From a thousand households to ten million, streamed.

use anyhow::Result;

use super::law::{bench, whole};

const SIZES: [u64; 5] = [1_000, 10_000, 100_000, 1_000_000, 10_000_000];

/// One run of the batch, in a process of its own.
pub struct Size {
    pub households: u64,
    pub evaluate_us: u64,
    pub fill_us: u64,
    pub peak_mib: u64,
}

pub fn measure(tandem: &str) -> Result<Vec<Size>> {
    SIZES.iter().map(|size| one(tandem, *size)).collect()
}

fn one(tandem: &str, households: u64) -> Result<Size> {
    let count = households.to_string();
    let found = bench(tandem, &["--lot-seul", "--foyers", &count])?;
    Ok(Size {
        households,
        evaluate_us: whole(&found, "evaluate_us"),
        fill_us: whole(&found, "fill_us"),
        peak_mib: whole(&found, "peak_mib"),
    })
}

impl Size {
    /// Nanoseconds of calculation for one household.
    fn each(&self) -> u64 {
        (self.evaluate_us * 1_000).checked_div(self.households).unwrap_or(0)
    }

    fn fill_each(&self) -> u64 {
        (self.fill_us * 1_000).checked_div(self.households).unwrap_or(0)
    }
}

pub fn report(sizes: &[Size]) -> String {
    let row = |it: &Size| {
        let Size { households, evaluate_us, peak_mib, .. } = it;
        let seconds = format!("{},{:03}", evaluate_us / 1_000_000, evaluate_us / 1_000 % 1_000);
        let (each, fill) = (it.each(), it.fill_each());
        format!("| {households} | {seconds} | {each} | {fill} | {peak_mib} |")
    };
    let rows: Vec<String> = sizes.iter().map(row).collect();
    format!(
        "One month, six aids, one thread, households streamed a few thousand at a time; each size in a process of \
         its own.\n\n\
         | households | calculation (s) | for one household (ns) | turning it into columns, besides (ns) | memory (MiB) |\n\
         |---|---|---|---|---|\n{}\n\n\
         ![Nanoseconds of calculation for one household, from a thousand households to ten million](growth.svg)",
        rows.join("\n")
    )
}

const WIDTH: u64 = 640;
const HEIGHT: u64 = 260;
const LEFT: u64 = 70;
const BOTTOM: u64 = 40;
const TOP: u64 = 20;

/// What one household costs, by the number of households: flat when the growth is linear.
pub fn figure(sizes: &[Size]) -> String {
    let most = sizes.iter().map(Size::each).max().unwrap_or(1).max(1);
    // The top of the scale, in round thousands of nanoseconds.
    let top = most.div_ceil(1_000) * 1_000;
    let last = u64::try_from(sizes.len()).unwrap_or(1).saturating_sub(1).max(1);
    let across = |rank: usize| LEFT + (WIDTH - LEFT - 40) * u64::try_from(rank).unwrap_or(0) / last;
    let down = |nanos: u64| HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * nanos / top;
    let points: Vec<String> = sizes
        .iter()
        .enumerate()
        .map(|(rank, it)| format!("{},{}", across(rank), down(it.each())))
        .collect();
    let mut res = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" \
         font-family=\"sans-serif\" font-size=\"12\">\n\
         <title>Nanoseconds of calculation for one household, by the number of households</title>\n\
         <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#fff\"/>\n"
    );
    for nanos in [0, top / 2, top] {
        let at = down(nanos);
        res.push_str(&format!(
            "<path d=\"M{LEFT} {at}H{}\" stroke=\"#ccc\"/>\
             <text x=\"{}\" y=\"{}\" text-anchor=\"end\">{nanos} ns</text>\n",
            WIDTH - 40,
            LEFT - 8,
            at + 4,
        ));
    }
    res.push_str(&format!(
        "<polyline points=\"{}\" fill=\"none\" stroke=\"#1a4f8b\" stroke-width=\"2\"/>\n",
        points.join(" ")
    ));
    for (rank, it) in sizes.iter().enumerate() {
        let (x, y) = (across(rank), down(it.each()));
        res.push_str(&format!(
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"4\" fill=\"#1a4f8b\"/>\
             <text x=\"{x}\" y=\"{}\" text-anchor=\"middle\">{}</text>\n",
            HEIGHT - BOTTOM + 20,
            grouped(it.households),
        ));
    }
    res.push_str("</svg>\n");
    res
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
