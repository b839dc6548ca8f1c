//! Files of lines that only grow: what is written has reached the disk, what was half written never was.

use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

/// A file of lines, held against other processes until dropped.
pub(crate) struct Held(File);

impl Held {
    /// Opens or creates the file, waits for whoever holds it, and answers its whole lines.
    pub fn open(path: &Path) -> std::io::Result<(Self, String)> {
        let new = !path.exists();
        let mut options = OpenOptions::new();
        let mut file = options.read(true).write(true).create(true).truncate(false).open(path)?;
        file.lock()?;
        if new {
            sync_folder(path)?;
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let text = whole(&bytes);
        if text.len() < bytes.len() {
            // The end of a line that was never acknowledged.
            file.set_len(u64::try_from(text.len()).unwrap_or(u64::MAX))?;
        }
        Ok((Self(file), text))
    }

    pub fn append(&mut self, lines: &str) -> std::io::Result<()> {
        self.0.seek(SeekFrom::End(0))?;
        self.0.write_all(lines.as_bytes())?;
        self.0.sync_all()
    }
}

/// The whole lines of a file nobody changes meanwhile, or of a copy.
pub(crate) fn read(path: &Path) -> std::io::Result<String> {
    Ok(whole(&std::fs::read(path)?))
}

/// Up to the last end of line. What is not text is kept as what cannot be a line of ours.
fn whole(bytes: &[u8]) -> String {
    let end = bytes.iter().rposition(|it| *it == b'\n').map_or(0, |it| it.saturating_add(1));
    String::from_utf8(bytes.get(..end).unwrap_or_default().to_vec())
        .unwrap_or_else(|_| "not text\n".to_owned())
}

/// A name is on the disk once its folder is.
pub(crate) fn sync_folder(path: &Path) -> std::io::Result<()> {
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}
