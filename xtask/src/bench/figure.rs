//! The growth, drawn: what one household costs and what the process holds, by the number of households.

use std::fmt::Write;

use super::growth::{MOST_MIB, Size, grouped};

const WIDTH: u64 = 660;
const HEIGHT: u64 = 280;
const LEFT: u64 = 96;
const RIGHT: u64 = 30;
/// Between the scale and the first point, and after the last: room for what is written there.
const INSET: u64 = 34;
const TOP: u64 = 46;
const BOTTOM: u64 = 54;

/// One of the two drawings: a scale, a limit to draw or none, and a value for each size.
struct Panel<'a> {
    title: &'a str,
    axis: &'a str,
    ink: &'a str,
    top: u64,
    limit: Option<u64>,
    values: Vec<u64>,
}

/// Both drawings, one above the other: flat when the growth is linear and the memory bounded.
pub fn draw(sizes: &[Size]) -> String {
    let costs: Vec<u64> = sizes.iter().map(|it| it.each() + it.fill_each()).collect();
    let memory: Vec<u64> = sizes.iter().map(|it| it.peak_mib).collect();
    let most = |values: &[u64]| values.iter().copied().max().unwrap_or(0);
    let panels = [
        Panel {
            title: "What one household costs, columns included",
            axis: "nanoseconds of processor",
            ink: "#1a4f8b",
            top: ((most(&costs) * 6 / 5).div_ceil(2_000) * 2_000).max(2_000),
            limit: None,
            values: costs,
        },
        Panel {
            title: "Most memory held by the process, and its limit",
            axis: "MiB",
            ink: "#8b3a1a",
            top: most(&memory).max(MOST_MIB).div_ceil(100) * 100,
            limit: Some(MOST_MIB),
            values: memory,
        },
    ];
    let told: Vec<String> = sizes
        .iter()
        .map(|it| {
            let cost = grouped(it.each() + it.fill_each());
            format!("{} households: {cost} ns each, {} MiB", grouped(it.households), it.peak_mib)
        })
        .collect();
    let drawn: String =
        panels.iter().zip([0, HEIGHT]).map(|(panel, down)| panel.draw(sizes, down)).collect();
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {}\" role=\"img\" \
         aria-labelledby=\"title told\" font-family=\"sans-serif\" font-size=\"12\">\n\
         <title id=\"title\">Cost of one household and memory, by the number of households</title>\n\
         <desc id=\"told\">{}.</desc>\n\
         <rect width=\"{WIDTH}\" height=\"{}\" fill=\"#fff\"/>\n{drawn}</svg>\n",
        2 * HEIGHT,
        told.join("; "),
        2 * HEIGHT,
    )
}

impl Panel<'_> {
    fn draw(&self, sizes: &[Size], down: u64) -> String {
        let mut res = format!("<g transform=\"translate(0 {down})\">\n");
        let _ = self.scale(&mut res);
        let last = u64::try_from(sizes.len()).unwrap_or(1).saturating_sub(1).max(1);
        let across = |rank: usize| {
            LEFT + INSET
                + (WIDTH - LEFT - RIGHT - 2 * INSET) * u64::try_from(rank).unwrap_or(0) / last
        };
        let points = self.values.iter().enumerate();
        let points: Vec<_> = points.map(|(rank, it)| (across(rank), self.height(*it))).collect();
        let _ = self.line(&mut res, &points);
        for (rank, it) in sizes.iter().enumerate() {
            let (x, y) = (across(rank), HEIGHT - BOTTOM + 18);
            let households = grouped(it.households);
            let _ = writeln!(
                res,
                "<text x=\"{x}\" y=\"{y}\" text-anchor=\"middle\">{households}</text>"
            );
        }
        res.push_str("</g>\n");
        res
    }

    fn height(&self, value: u64) -> u64 {
        HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / self.top
    }

    /// Titles, the horizontal lines, the limit.
    fn scale(&self, res: &mut String) -> std::fmt::Result {
        let (end, middle) = (WIDTH - RIGHT, (WIDTH + LEFT - RIGHT) / 2);
        let Self { title, axis, ink, top, .. } = self;
        writeln!(
            res,
            "<text x=\"{LEFT}\" y=\"22\" font-size=\"14\" font-weight=\"bold\">{title}</text>"
        )?;
        let low = HEIGHT - 14;
        writeln!(res, "<text x=\"{middle}\" y=\"{low}\" text-anchor=\"middle\">households</text>")?;
        let across = (HEIGHT + TOP - BOTTOM) / 2;
        writeln!(
            res,
            "<text transform=\"translate(16 {across}) rotate(-90)\" text-anchor=\"middle\">{axis}</text>"
        )?;
        for value in [0, top / 2, *top] {
            let (at, text) = (self.height(value), grouped(value));
            writeln!(res, "<path d=\"M{LEFT} {at}H{end}\" stroke=\"#ccc\"/>")?;
            let (x, y) = (LEFT - 8, at + 4);
            writeln!(res, "<text x=\"{x}\" y=\"{y}\" text-anchor=\"end\">{text}</text>")?;
        }
        if let Some(limit) = self.limit {
            let at = self.height(limit);
            writeln!(
                res,
                "<path d=\"M{LEFT} {at}H{end}\" stroke=\"{ink}\" stroke-dasharray=\"6 4\"/>"
            )?;
        }
        Ok(())
    }

    fn line(&self, res: &mut String, points: &[(u64, u64)]) -> std::fmt::Result {
        let ink = self.ink;
        let path: Vec<String> = points.iter().map(|(x, y)| format!("{x},{y}")).collect();
        let path = path.join(" ");
        writeln!(
            res,
            "<polyline points=\"{path}\" fill=\"none\" stroke=\"{ink}\" stroke-width=\"2\"/>"
        )?;
        for ((x, y), value) in points.iter().zip(&self.values) {
            let (above, text) = (y - 9, grouped(*value));
            writeln!(res, "<circle cx=\"{x}\" cy=\"{y}\" r=\"4\" fill=\"{ink}\"/>")?;
            writeln!(res, "<text x=\"{x}\" y=\"{above}\" text-anchor=\"middle\">{text}</text>")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn both_drawings_tell_every_size() {
        let size = |households, peak_mib| {
            let (evaluate_us, fill_us, whole) = (households * 6, households * 5, Duration::ZERO);
            Size { households, evaluate_us, fill_us, peak_mib, whole }
        };
        let svg = draw(&[size(1_000, 60), size(10_000, 140)]);
        assert_eq!(svg.matches("<polyline").count(), 2);
        assert_eq!(svg.matches("<circle").count(), 4);
        assert!(
            svg.contains("1\u{202f}000 households: 11\u{202f}000 ns each, 60 MiB; 10\u{202f}000")
        );
    }
}
