//! The number of social security (*NIR*): read with care, shown only when asked for.

use std::fmt;

/// Thirteen digits and their key of two. Corsican departments are written `2A` and `2B`.
#[derive(Clone, PartialEq, Eq)]
pub struct Nir(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotANir {
    /// Neither 13 nor 15 signs, or signs that are no digits.
    Form,
    /// The key is not that of the thirteen digits: a digit was mistyped.
    Key,
}

impl Nir {
    /// Reads 13 digits, or 15 whose key is checked; blanks and dots do not count.
    ///
    /// ```
    /// use app::people::nir::{Nir, NotANir};
    /// let whole = Nir::parse("2 55 08 14 168 025 38").unwrap();
    /// assert_eq!(Nir::parse("2550814168025"), Ok(whole));
    /// assert_eq!(Nir::parse("2 55 08 14 168 025 39"), Err(NotANir::Key));
    /// ```
    pub fn parse(text: &str) -> Result<Self, NotANir> {
        let signs: String = text
            .chars()
            .filter(|it| !it.is_whitespace() && *it != '.' && *it != '-')
            .collect::<String>()
            .to_uppercase();
        let (number, given) = match signs.len() {
            13 => (signs.as_str(), None),
            15 => signs.split_at_checked(13).map(|it| (it.0, Some(it.1))).ok_or(NotANir::Form)?,
            _ => return Err(NotANir::Form),
        };
        let key = key(number).ok_or(NotANir::Form)?;
        match given {
            Some(given) if given != key => Err(NotANir::Key),
            Some(_) | None => Ok(Self(format!("{number}{key}"))),
        }
    }

    /// As written on the card, in groups: only where somebody asked to see it.
    pub fn shown(&self) -> String {
        let cuts = [1, 3, 5, 7, 10, 13];
        let mut res = String::with_capacity(21);
        for (at, sign) in self.0.chars().enumerate() {
            if cuts.contains(&at) {
                res.push(' ');
            }
            res.push(sign);
        }
        res
    }

    /// What is sealed, and hashed to find the same number again.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Never in a log, even by mistake.
impl fmt::Debug for Nir {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Nir(…)")
    }
}

/// 97 less the remainder of the number by 97, on two digits.
fn key(number: &str) -> Option<String> {
    if !number.starts_with(['1', '2', '3', '4', '7', '8']) {
        return None;
    }
    let (start, rest) = number.split_at_checked(5)?;
    let rest = match rest.split_at_checked(2)? {
        ("2A", commune) => format!("19{commune}"),
        ("2B", commune) => format!("18{commune}"),
        (department, commune) => format!("{department}{commune}"),
    };
    let digits = format!("{start}{rest}");
    if !digits.bytes().all(|it| it.is_ascii_digit()) {
        return None;
    }
    let value: u64 = digits.parse().ok()?;
    Some(format!("{:02}", 97_u64.saturating_sub(value % 97)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corsica_and_what_is_no_number() {
        assert_eq!(Nir::parse("1 84 12 2A 004 123").map(|it| it.as_str().len()), Ok(15));
        assert_ne!(Nir::parse("184122A004123"), Nir::parse("184122B004123"));
        for text in [
            "",
            "123",
            "25508141680253",
            "255081416802X",
            "9550814168025",
            "２５５０８１４１６８０２５",
        ] {
            assert_eq!(Nir::parse(text), Err(NotANir::Form), "{text}");
        }
        let nir = Nir::parse("255081416802538").unwrap();
        assert_eq!(nir.shown(), "2 55 08 14 168 025 38");
        assert_eq!(format!("{nir:?}"), "Nir(…)");
    }

    #[test]
    fn one_wrong_digit_is_seen() {
        let right = "255081416802538";
        for at in 1..13 {
            let mut wrong: Vec<u8> = right.bytes().collect();
            wrong[at] = if wrong[at] == b'9' { b'0' } else { wrong[at] + 1 };
            let wrong = String::from_utf8(wrong).unwrap();
            assert_eq!(Nir::parse(&wrong), Err(NotANir::Key), "{wrong}");
        }
    }
}
