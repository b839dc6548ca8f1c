//! What the figures were read on.

use std::fs;

use crate::shell::command;

/// Processor, cores, memory.
pub fn describe() -> String {
    let cpu =
        field("/proc/cpuinfo", "model name").unwrap_or_else(|| "processeur inconnu".to_owned());
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let memory = field("/proc/meminfo", "MemTotal").unwrap_or_default();
    let kib: u64 = memory.split(' ').next().and_then(|it| it.parse().ok()).unwrap_or(0);
    format!("{cpu}, {cores} cores, {} GiB", kib / (1024 * 1024))
}

/// How many programs wanted a core, on average over the last minute; what runs beside takes time and cache.
pub fn load() -> String {
    let told = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    told.split(' ').next().unwrap_or_default().to_owned()
}

/// Today, as the machine has it.
pub fn date() -> String {
    let output = command(&["date", "+%F"]).output();
    output.map(|it| String::from_utf8_lossy(&it.stdout).trim().to_owned()).unwrap_or_default()
}

fn field(path: &str, key: &str) -> Option<String> {
    let content = fs::read_to_string(path).ok()?;
    let line = content.lines().find(|it| it.starts_with(key))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}
