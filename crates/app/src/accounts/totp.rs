//! The second factor of a telephone: six figures that change every thirty seconds (RFC 6238, SHA-1 as every
//! application of this kind reads it).
//!
//! Invariants:
//! - three figures are good at a time: those of now, of just before and of just after;
//! - a step that served does not serve again.

use base::{Entropy, Moment};
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

const STEP: i64 = 30;
const DIGITS: u32 = 1_000_000;

/// 160 random bits, written as the applications read them: base 32.
pub fn new_secret(entropy: &mut dyn Entropy) -> String {
    let mut bytes = [0; 20];
    entropy.fill(&mut bytes);
    in_base_32(&bytes)
}

/// The step of this code, if it is one of the three good ones and after the last that served.
pub fn step_of(secret: &str, typed: &str, last: i64, now: Moment) -> Option<i64> {
    let key = from_base_32(secret)?;
    let typed = blake3::hash(typed.as_bytes());
    let current = now.millis().div_euclid(STEP * 1000);
    // The three are always computed, and compared in constant time.
    let mut found = None;
    for step in [current - 1, current, current + 1] {
        let good = code(&key, step).is_some_and(|it| blake3::hash(it.as_bytes()) == typed);
        if good && step > last {
            found = Some(step);
        }
    }
    found
}

/// The code of an instant: what a telephone shows.
pub fn code_at(secret: &str, at: Moment) -> Option<String> {
    code(&from_base_32(secret)?, at.millis().div_euclid(STEP * 1000))
}

/// What a telephone reads in the drawing.
pub fn address(secret: &str, account: &str) -> String {
    let account: String = form_urlencoded::byte_serialize(account.as_bytes()).collect();
    format!("otpauth://totp/Tandem:{account}?secret={secret}&issuer=Tandem")
}

fn code(key: &[u8], step: i64) -> Option<String> {
    let mut mac = Hmac::<Sha1>::new_from_slice(key).ok()?;
    mac.update(&step.to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let at = usize::from(hash.last()? & 15);
    let four: [u8; 4] = hash.get(at..at + 4)?.try_into().ok()?;
    Some(format!("{:06}", (u32::from_be_bytes(four) & 0x7fff_ffff) % DIGITS))
}

const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

fn in_base_32(bytes: &[u8]) -> String {
    let (mut held, mut bits, mut res) = (0_u32, 0, String::new());
    for byte in bytes {
        held = (held << 8 | u32::from(*byte)) & 0xfff;
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            let at = usize::try_from(held >> bits & 31).unwrap_or(0);
            res.push(LETTERS.get(at).map_or('A', |it| char::from(*it)));
        }
    }
    res
}

fn from_base_32(text: &str) -> Option<Vec<u8>> {
    let (mut held, mut bits, mut res) = (0_u32, 0, Vec::new());
    for letter in text.bytes() {
        let value = LETTERS.iter().position(|it| *it == letter)?;
        held = (held << 5 | u32::try_from(value).ok()?) & 0xfff;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            res.push(u8::try_from(held >> bits & 255).ok()?);
        }
    }
    Some(res)
}

#[cfg(test)]
mod tests {
    use base::Moment;

    use super::{code_at, from_base_32, in_base_32, step_of};

    /// « 12345678901234567890 », the secret of the examples of RFC 6238.
    const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    #[test]
    fn the_examples_of_the_standard() {
        assert_eq!(in_base_32(b"12345678901234567890"), SECRET);
        assert_eq!(from_base_32(SECRET).as_deref(), Some(&b"12345678901234567890"[..]));
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_234_567_890, "005924"),
            (20_000_000_000, "353130"),
        ] {
            let at = Moment::from_millis(seconds * 1000);
            assert_eq!(code_at(SECRET, at).as_deref(), Some(code));
        }
    }

    #[test]
    fn three_codes_are_good_and_each_once() {
        let now = Moment::from_millis(1_234_567_890_000);
        let good = (-10..=10)
            .filter_map(|it| code_at(SECRET, now.plus_seconds(it * 30)))
            .filter(|it| step_of(SECRET, it, 0, now).is_some())
            .count();
        assert_eq!(good, 3);
        let code = code_at(SECRET, now).unwrap();
        let step = step_of(SECRET, &code, 0, now).unwrap();
        assert_eq!(step_of(SECRET, &code, step, now), None);
    }
}
