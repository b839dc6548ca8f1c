//! French writing of amounts and dates.
//!
//! The thin space between thousands and the space before `€` do not break at the end of a line.

use base::{Date, Month, Rational, Rounding};

use crate::fr;

/// `1 234,56 €`.
///
/// ```
/// use base::Rational;
/// assert_eq!(web::format::money(Rational::from_cents(123_456)), "1\u{202f}234,56\u{a0}€");
/// assert_eq!(web::format::money(Rational::from(-3)), "−3,00\u{a0}€");
/// ```
pub fn money(amount: Rational) -> String {
    let Some(cents) = cents(amount) else { return format!("{amount}\u{a0}€") };
    let sign = if cents < 0 { "−" } else { "" };
    let cents = cents.unsigned_abs();
    format!("{sign}{},{:02}\u{a0}€", thousands(cents / 100), cents % 100)
}

/// « 12 mars 2027 », « 1er mars 2027 ».
///
/// ```
/// assert_eq!(web::format::date("2027-03-01".parse().unwrap()), "1er\u{a0}mars 2027");
/// ```
pub fn date(date: Date) -> String {
    let day = if date.day() == 1 { "1er".to_owned() } else { date.day().to_string() };
    format!("{day}\u{a0}{}", month(date.month()))
}

/// « mai 2026 ».
pub fn month(month: Month) -> String {
    format!("{} {}", fr::month_name(month.month_of_year()), month.year())
}

/// « de mai 2026 », « d’avril 2026 »: the name may start with a vowel.
pub fn of_month(value: Month) -> String {
    let text = month(value);
    if text.starts_with(['a', 'o']) { format!("d’{text}") } else { format!("de {text}") }
}

/// `12/03/2027`, as forms ask dates.
pub fn date_input(date: Date) -> String {
    format!("{:02}/{:02}/{}", date.day(), date.month_of_year(), date.year())
}

/// `03/2027`, as forms ask months.
pub fn month_input(month: Month) -> String {
    format!("{:02}/{}", month.month_of_year(), month.year())
}

fn cents(amount: Rational) -> Option<i128> {
    let rounded = amount.rounded(Rational::from_cents(1), Rounding::Nearest)?;
    Some(rounded.checked_mul(Rational::from(100))?.numerator())
}

fn thousands(whole: u128) -> String {
    let digits = whole.to_string();
    let mut res = String::new();
    for (idx, digit) in digits.chars().enumerate() {
        if idx > 0 && (digits.len() - idx).is_multiple_of(3) {
            res.push('\u{202f}');
        }
        res.push(digit);
    }
    res
}
/// The date of a box: « 15/03/2027 », blanks and one-digit days allowed. `None` for what is not a day.
pub fn read_date(text: &str) -> Option<Date> {
    let mut parts = text.split('/').map(str::trim);
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    date.filter(|_| parts.next().is_none() && year.len() == 4)
}
