//! The most memory this process has held.

use std::fs;

/// In MiB, rounded up; `None` where the system does not tell.
pub fn peak_mib() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    parse(&status)
}

fn parse(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|it| it.strip_prefix("VmHWM:"))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib.div_ceil(1024))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_high_water_mark_is_read() {
        assert_eq!(super::parse("VmPeak:\t 9 kB\nVmHWM:\t   2049 kB\nVmRSS: 1 kB\n"), Some(3));
        assert_eq!(super::parse("VmPeak:\t 9 kB\n"), None);
    }
}
