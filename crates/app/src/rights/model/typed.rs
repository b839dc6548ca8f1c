//! What people type in a box, read as they mean it.

use base::{Date, Month, Rational};

/// What is wrong with a typed answer; the words are in the string file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    NotADate,
    NoSuchDay,
    NotAMonth,
    NotAnAmount,
    Negative,
    TooManyDecimals,
    NotANumber,
}

/// `12/03/1987`, `12-3-1987`, `12.03.1987`, `12 03 1987`, `12031987`, `1987-03-12`.
pub fn date(text: &str) -> Result<Date, Wrong> {
    let numbers = numbers(text).ok_or(Wrong::NotADate)?;
    let (year, month, day) = match numbers.as_slice() {
        [day, month, year] if year.len() == 4 && day.len() <= 2 => (*year, *month, *day),
        [year, month, day] if year.len() == 4 && day.len() <= 2 => (*year, *month, *day),
        [all] if all.len() == 8 => {
            let (day, rest) = all.split_at(2);
            let (month, year) = rest.split_at(2);
            (year, month, day)
        }
        _ => return Err(Wrong::NotADate),
    };
    let day = day.parse().map_err(|_| Wrong::NotADate)?;
    let month = month.parse().map_err(|_| Wrong::NotADate)?;
    let year = year.parse().map_err(|_| Wrong::NotADate)?;
    Date::new(year, month, day).ok_or(Wrong::NoSuchDay)
}

/// `03/2026`, `3-2026`, `2026-03`, `mars 2026`, or a whole date: its month.
pub fn month(text: &str) -> Result<Month, Wrong> {
    if let Ok(date) = date(text) {
        return Ok(date.month());
    }
    if let Some(month) = named_month(text) {
        return Ok(month);
    }
    let numbers = numbers(text).ok_or(Wrong::NotAMonth)?;
    let (year, month) = match numbers.as_slice() {
        [month, year] if year.len() == 4 && month.len() <= 2 => (*year, *month),
        [year, month] if year.len() == 4 && month.len() <= 2 => (*year, *month),
        _ => return Err(Wrong::NotAMonth),
    };
    let year: i32 = year.parse().map_err(|_| Wrong::NotAMonth)?;
    let month: i32 = month.parse().map_err(|_| Wrong::NotAMonth)?;
    let exists = year > 0 && (1..=12).contains(&month);
    if exists { Ok(Month::of(year, month)) } else { Err(Wrong::NotAMonth) }
}

/// `1 234,50`, `1234.5`, `620 €`: euros and cents, never negative.
pub fn money(text: &str) -> Result<Rational, Wrong> {
    let bare = text.trim_end_matches(|c: char| c.is_alphabetic() || c == '€' || c.is_whitespace());
    let amount = plain_number(bare).ok_or(Wrong::NotAnAmount)?;
    if amount.is_negative() {
        return Err(Wrong::Negative);
    }
    let cents = amount.checked_mul(Rational::from(100)).ok_or(Wrong::NotAnAmount)?;
    if cents.is_integer() { Ok(amount) } else { Err(Wrong::TooManyDecimals) }
}

/// A whole number, never negative.
pub fn count(text: &str) -> Result<Rational, Wrong> {
    match plain_number(text) {
        Some(number) if number.is_negative() => Err(Wrong::Negative),
        Some(number) if number.is_integer() => Ok(number),
        _ => Err(Wrong::NotANumber),
    }
}

fn plain_number(text: &str) -> Option<Rational> {
    // `1e9` is a number for a machine, a typing mistake for a person.
    if text.is_empty() || text.len() > 24 || text.contains(char::is_alphabetic) {
        return None;
    }
    text.parse().ok()
}

fn numbers(text: &str) -> Option<Vec<&str>> {
    let separators = |c: char| matches!(c, '/' | '-' | '.' | ' ' | '\u{a0}' | '\u{202f}');
    let parts: Vec<&str> = text.split(separators).filter(|part| !part.is_empty()).collect();
    let digits = |part: &&str| part.len() <= 8 && part.bytes().all(|b| b.is_ascii_digit());
    parts.iter().all(digits).then_some(parts)
}

fn named_month(text: &str) -> Option<Month> {
    let (name, year) = text.trim().rsplit_once(' ')?;
    let name = super::communes::folded(name);
    let number = (1..=12).find(|it| super::communes::folded(web::fr::month_name(*it)) == name)?;
    let year: i32 = year.parse().ok().filter(|year| (1000..=9999).contains(year))?;
    Some(Month::of(year, number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_people_type_them() {
        for text in
            ["12/03/1987", "12-3-1987", "12.03.1987", "12031987", "1987-03-12", "12 03 1987"]
        {
            assert_eq!(date(text).map(|it| it.to_string()), Ok("1987-03-12".to_owned()), "{text}");
        }
        assert_eq!(date("31/02/1987"), Err(Wrong::NoSuchDay));
        assert_eq!(date("12/03/87"), Err(Wrong::NotADate));
        assert_eq!(date("hier"), Err(Wrong::NotADate));
        assert_eq!(date("99999999999/1/2020"), Err(Wrong::NotADate));
    }

    #[test]
    fn months_as_people_type_them() {
        for text in ["03/2026", "3-2026", "2026-03", "mars 2026", "Mars 2026", "15/03/2026"] {
            assert_eq!(month(text).map(|it| it.to_string()), Ok("2026-03".to_owned()), "{text}");
        }
        assert_eq!(month("fevrier 2026").map(|it| it.to_string()), Ok("2026-02".to_owned()));
        assert_eq!(month("13/2026"), Err(Wrong::NotAMonth));
        assert_eq!(month("2026"), Err(Wrong::NotAMonth));
    }

    #[test]
    fn amounts_as_people_type_them() {
        for text in ["1 234,50", "1234.5", "1234,50 €", "1\u{202f}234,50\u{a0}€", "1234,5 euros"]
        {
            assert_eq!(money(text), Ok(Rational::from_cents(123_450)), "{text}");
        }
        assert_eq!(money("-3"), Err(Wrong::Negative));
        assert_eq!(money("12,345"), Err(Wrong::TooManyDecimals));
        assert_eq!(money("1e3"), Err(Wrong::NotAnAmount));
        assert_eq!(money("mille"), Err(Wrong::NotAnAmount));
        assert_eq!(count("1607"), Ok(Rational::from(1607)));
        assert_eq!(count("12,5"), Err(Wrong::NotANumber));
    }
}
