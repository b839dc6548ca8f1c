//! One situation a line.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use law::situation::MAX_BYTES;

use crate::commands::batch::block::{Block, JsonLine};
use crate::{Refusal, Result, fr};

/// Read ahead at once.
const BUFFER: usize = 1 << 20;

pub struct JsonLines {
    path: PathBuf,
    reader: BufReader<File>,
    line: u64,
    position: u64,
}

impl JsonLines {
    pub fn open(path: &Path) -> Result<(Self, u64)> {
        let refuse = |error| Refusal(fr::unreadable(path, &error));
        let file = File::open(path).map_err(refuse)?;
        let total = file.metadata().map_err(refuse)?.len();
        let reader = BufReader::with_capacity(BUFFER, file);
        Ok((Self { path: path.to_owned(), reader, line: 0, position: 0 }, total))
    }

    pub fn next(&mut self, households: usize) -> Result<Option<(Block, u64)>> {
        let mut lines = Vec::new();
        while lines.len() < households {
            let read = self.read_line().map_err(|it| Refusal(fr::unreadable(&self.path, &it)))?;
            let Some(bytes) = read else { break };
            if !bytes.trim_ascii().is_empty() {
                lines.push(JsonLine { line: self.line, bytes });
            }
        }
        Ok((!lines.is_empty()).then_some((Block::Json(lines), self.position)))
    }

    /// A line without its end. Of one that is too long, only enough is kept to be refused for it.
    fn read_line(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut bytes = Vec::new();
        let mut begun = false;
        loop {
            let buffer = self.reader.fill_buf()?;
            if buffer.is_empty() {
                break;
            }
            begun = true;
            let end = buffer.iter().position(|byte| *byte == b'\n');
            let part = buffer.get(..end.unwrap_or(buffer.len())).unwrap_or_default();
            let room = (MAX_BYTES + 1).saturating_sub(bytes.len());
            bytes.extend_from_slice(part.get(..room).unwrap_or(part));
            let used = part.len() + usize::from(end.is_some());
            self.reader.consume(used);
            self.position += used as u64;
            if end.is_some() {
                break;
            }
        }
        self.line += u64::from(begun);
        Ok(begun.then_some(bytes))
    }
}
