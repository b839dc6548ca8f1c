//! Numbers, dates and months as French people write them.

use base::{Date, Month, Rational, Rounding};
use law_ir::{Book, Flavour, Type, Unit, Value};

/// No-break space before a unit.
const NBSP: char = '\u{a0}';
/// Narrow no-break space between thousands.
const THIN: char = '\u{202f}';

/// `1 234,56 €`, to the nearest cent.
///
/// ```
/// use base::Rational;
/// let amount: Rational = "1234.5".parse().unwrap();
/// assert_eq!(law_explain::format::money(amount), "1\u{202f}234,50\u{a0}€");
/// assert_eq!(law_explain::format::money(Rational::from_cents(-7)), "−0,07\u{a0}€");
/// ```
pub fn money(amount: Rational) -> String {
    format!("{}{NBSP}€", decimal(amount, 2))
}

/// With exactly `places` decimals.
pub fn decimal(number: Rational, places: u32) -> String {
    let Some(scale) = 10i128.checked_pow(places) else { return number.to_string() };
    let steps = Rational::new(1, scale)
        .and_then(|quantum| number.rounded(quantum, Rounding::Nearest)?.checked_div(quantum));
    let Some(steps) = steps.map(Rational::numerator) else { return number.to_string() };
    let sign = if steps < 0 { "−" } else { "" };
    let digits = steps.unsigned_abs().to_string();
    let width = usize::try_from(places).unwrap_or(0);
    let padded = format!("{digits:0>width$}", width = width.saturating_add(1));
    let (whole, fraction) = padded.split_at(padded.len().saturating_sub(width));
    if fraction.is_empty() {
        format!("{sign}{}", thousands(whole))
    } else {
        format!("{sign}{},{fraction}", thousands(whole))
    }
}

fn thousands(digits: &str) -> String {
    let mut res = String::new();
    for (idx, digit) in digits.chars().enumerate() {
        if idx > 0 && digits.len().saturating_sub(idx) % 3 == 0 {
            res.push(THIN);
        }
        res.push(digit);
    }
    res
}

/// As few decimals as the number needs, at most `most`.
fn shortest(number: Rational, most: u32) -> String {
    let text = decimal(number, most);
    if !text.contains(',') {
        return text;
    }
    text.trim_end_matches('0').trim_end_matches(',').to_owned()
}

/// `12 mars 2027`, `1er mars 2027`.
///
/// ```
/// assert_eq!(law_explain::format::date("2027-03-01".parse().unwrap()), "1er mars 2027");
/// ```
pub fn date(date: Date) -> String {
    let day = if date.day() == 1 { "1er".to_owned() } else { date.day().to_string() };
    format!("{day} {}", month(date.month()))
}

/// `mars 2027`.
pub fn month(month: Month) -> String {
    const NAMES: [&str; 12] = [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ];
    let name = usize::try_from(month.month_of_year().saturating_sub(1)).ok();
    let name = name.and_then(|it| NAMES.get(it)).copied().unwrap_or_default();
    format!("{name} {}", month.year())
}

/// `mars 2027`, or `de janvier à mars 2027`.
pub fn months(first: Month, last: Month) -> String {
    if first == last {
        return month(first);
    }
    let start = month(first);
    let start = match start.split_once(' ') {
        Some((name, _)) if first.year() == last.year() => name.to_owned(),
        _ => start,
    };
    let preposition = if start.starts_with(['a', 'o']) { "d’" } else { "de " };
    format!("{preposition}{start} à {}", month(last))
}

/// A value of the law, in its unit: `651,69 € par mois`, `16,5 %`, `25 ans`, `oui`, `12 mars 2027`.
pub fn value(book: &Book, value: Value, ty: Type) -> String {
    match value {
        Value::Bool(true) => "oui".to_owned(),
        Value::Bool(false) => "non".to_owned(),
        Value::Date(it) => date(it),
        Value::Case(case) => book.case(case).map(|it| it.label.clone()).unwrap_or_default(),
        Value::Number(it) => match ty {
            Type::Number(unit) => number(it, unit),
            _ => shortest(it, 4),
        },
    }
}

fn number(number: Rational, unit: Unit) -> String {
    if unit.is_dimensionless() {
        return match unit.flavour {
            Flavour::Plain => shortest(number, 4),
            Flavour::Rate => rate(number),
            Flavour::Persons => {
                let plural = if number >= Rational::from(2) { "s" } else { "" };
                format!("{}{NBSP}personne{plural}", shortest(number, 2))
            }
        };
    }
    if unit.euro == 1 {
        let amount = money(number);
        return match (unit.month, unit.year, unit.day, unit.hour) {
            (-1, 0, 0, 0) => format!("{amount} par mois"),
            (0, -1, 0, 0) => format!("{amount} par an"),
            (0, 0, -1, 0) => format!("{amount} par jour"),
            (0, 0, 0, -1) => format!("{amount} de l’heure"),
            _ => amount,
        };
    }
    let text = shortest(number, 2);
    let one = number > Rational::from(-2) && number < Rational::from(2);
    let word = unit.to_string().replace('/', " par ");
    let word = match word.as_str() {
        "ans" if one => "an",
        "jours" if one => "jour",
        "heures" if one => "heure",
        other => other,
    };
    format!("{text}{NBSP}{word}")
}

fn rate(rate: Rational) -> String {
    let percent = rate.checked_mul(Rational::from(100)).unwrap_or(rate);
    format!("{}{NBSP}%", shortest(percent, 4))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_numbers_as_people_do() {
        let n = |text: &str| text.parse::<Rational>().unwrap();
        assert_eq!(decimal(n("1234567.891"), 2), "1\u{202f}234\u{202f}567,89");
        assert_eq!(decimal(n("0.005"), 2), "0,01");
        assert_eq!(decimal(n("12"), 0), "12");
        assert_eq!(number(n("0.165"), Unit::RATE), "16,5\u{a0}%");
        assert_eq!(number(n("651.69"), Unit::EURO_PER_MONTH), "651,69\u{a0}€ par mois");
        assert_eq!(number(n("1"), Unit::YEARS), "1\u{a0}an");
        assert_eq!(number(n("25"), Unit::YEARS), "25\u{a0}ans");
        assert_eq!(number(n("2"), Unit::PERSONS), "2\u{a0}personnes");
        let months = |a: &str, b: &str| months(a.parse().unwrap(), b.parse().unwrap());
        assert_eq!(months("2026-01", "2026-03"), "de janvier à mars 2026");
        assert_eq!(months("2025-10", "2026-01"), "d’octobre 2025 à janvier 2026");
        assert_eq!(months("2026-05", "2026-05"), "mai 2026");
    }
}
