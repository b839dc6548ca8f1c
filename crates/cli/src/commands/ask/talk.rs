//! Saying and hearing, line by line.

use std::io::{self, BufRead, Read, Write};

use super::fr;

/// The longest line read.
const MAX_LINE: u64 = 4_096;

/// Somebody who reads lines and answers lines.
#[derive(Debug)]
pub struct Talk<R, W> {
    input: R,
    output: W,
}

impl<R: BufRead, W: Write> Talk<R, W> {
    pub fn new(input: R, output: W) -> Self {
        Self { input, output }
    }

    pub fn say(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.output, "{text}")
    }

    /// Asks until the answer can be read; `None` when the person wants to stop, or has gone.
    pub fn ask<T>(
        &mut self,
        question: &str,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> io::Result<Option<T>> {
        self.say(question)?;
        loop {
            write!(self.output, "> ")?;
            self.output.flush()?;
            let Some(line) = self.line()? else { return Ok(None) };
            let line = line.trim();
            if matches!(line, "-" | "–" | "—") {
                return Ok(None);
            }
            match read(line) {
                Ok(answer) => return Ok(Some(answer)),
                Err(sentence) => self.say(&sentence)?,
            }
        }
    }

    fn line(&mut self) -> io::Result<Option<String>> {
        let mut bytes = Vec::new();
        let read = self.input.by_ref().take(MAX_LINE).read_until(b'\n', &mut bytes)?;
        if read == 0 {
            return Ok(None);
        }
        // What is not text is refused as any other answer that cannot be read.
        Ok(Some(String::from_utf8(bytes).unwrap_or_else(|_| fr::UNREADABLE.to_owned())))
    }
}
