//! A code that a telephone reads, drawn by hand: a square path, no image.

use maud::{Markup, html};
use qrcode::{Color, EcLevel, QrCode};

/// Four modules of white around, as readers want; drawn black on white whatever the theme.
const MARGIN: usize = 4;

/// Nothing when the text is too long: it stands beside in letters.
#[inline(never)]
pub fn drawing(text: &str, label: &str) -> Markup {
    let Ok(code) = QrCode::with_error_correction_level(text, EcLevel::M) else { return html! {} };
    let width = code.width();
    let side = width + 2 * MARGIN;
    let path = path(&code.to_colors(), width);
    html! {
        svg .qr role="img" aria-label=(label) viewBox={ "0 0 " (side) " " (side) } width="240" height="240" {
            rect width=(side) height=(side) fill="#ffffff" {}
            path d=(path) fill="#000000" {}
        }
    }
}

fn path(colors: &[Color], width: usize) -> String {
    let mut res = String::new();
    for (row, line) in colors.chunks(width.max(1)).enumerate() {
        for (column, color) in line.iter().enumerate() {
            match color {
                Color::Dark => {
                    res.push_str(&format!("M{} {}h1v1h-1z", column + MARGIN, row + MARGIN))
                }
                Color::Light => {}
            }
        }
    }
    res
}
