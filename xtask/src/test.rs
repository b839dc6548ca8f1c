//! `cargo xtask test`: everything that must hold before a change is kept.

use std::process::Command;

use anyhow::Result;

use crate::shell::{command, root, target_dir, watch};
use crate::{postgres, s3, setup, tidy};

/// What passed and failed so far, over all runners.
#[derive(Debug, Default)]
struct Tally {
    passed: usize,
    failed: usize,
    skipped: Vec<String>,
}

/// Runs every check even after a failure, then says the sum on the last line.
pub fn run() -> Result<bool> {
    let mut tally = Tally::default();
    tally.house_rules();
    tally.step("style", &["cargo", "fmt", "--all", "--check"])?;
    let clippy =
        ["cargo", "clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"];
    tally.step("clippy", &clippy)?;
    tally.licences()?;
    let words = ["cargo", "test", "--workspace", "--no-fail-fast"];
    let server = postgres::start();
    let mut tests = command(&words);
    match &server {
        Ok(it) => drop(tests.env("TANDEM_TEST_POSTGRES", &it.address)),
        // Its tests then fail: half of a promise is not a promise.
        Err(reason) => tally.skipped.push(format!("PostgreSQL : {reason}")),
    }
    let documents = s3::start();
    match &documents {
        Ok(it) => drop(tests.env("TANDEM_TEST_S3", &it.address)),
        // Documents are then tried on a disk and in memory alone.
        Err(reason) => tally.skipped.push(format!("documents sur S3 : {reason}")),
    }
    tally.cargo_test(tests, &words)?;
    drop((server, documents));
    tally.datafusion()?;
    tally.browser()?;
    for skipped in &tally.skipped {
        println!("NON VÉRIFIÉ : {skipped}");
    }
    println!("\n{} passed, {} failed", tally.passed, tally.failed);
    Ok(tally.failed == 0)
}

impl Tally {
    fn count(&mut self, passed: bool) {
        if passed { self.passed += 1 } else { self.failed += 1 }
    }

    fn house_rules(&mut self) {
        for (rule, broken) in tidy::check() {
            for line in &broken {
                println!("{rule} : {line}");
            }
            println!("règle « {rule} » … {}", if broken.is_empty() { "ok" } else { "FAILED" });
            self.count(broken.is_empty());
        }
    }

    fn step(&mut self, name: &str, words: &[&str]) -> Result<()> {
        println!("\n$ {}", words.join(" "));
        let passed = command(words).status()?.success();
        println!("{name} … {}", if passed { "ok" } else { "FAILED" });
        self.count(passed);
        Ok(())
    }

    /// The full audit where its tool is installed; the licences themselves are a house rule.
    fn licences(&mut self) -> Result<()> {
        if command(&["cargo", "deny", "--version"]).output().is_ok_and(|it| it.status.success()) {
            return self
                .step("dépendances", &["cargo", "deny", "check", "bans", "licenses", "sources"]);
        }
        self.skipped.push(
            "`cargo deny` n’est pas installé ; les licences ont été vérifiées sans lui".to_owned(),
        );
        Ok(())
    }

    /// SQL through the function of `integrations/law-datafusion`: a workspace of its own, built in a folder of
    /// its own so that neither build throws the other's work away.
    fn datafusion(&mut self) -> Result<()> {
        let manifest = "integrations/law-datafusion/Cargo.toml";
        let words = ["cargo", "test", "--manifest-path", manifest];
        let mut cargo = command(&words);
        cargo.env("CARGO_TARGET_DIR", target_dir().join("datafusion"));
        self.cargo_test(cargo, &words)
    }

    fn cargo_test(&mut self, cargo: Command, words: &[&str]) -> Result<()> {
        println!("\n$ {}", words.join(" "));
        let mut counts = (0, 0);
        let passed = watch(cargo, |line| add_cargo(line, &mut counts))?;
        self.passed += counts.0;
        // A test binary that does not build or dies prints no summary: it still counts as a failure.
        self.failed += if passed { counts.1 } else { counts.1.max(1) };
        Ok(())
    }

    fn browser(&mut self) -> Result<()> {
        if let Err(reason) = setup::browser() {
            self.skipped.push(format!("les pages dans un navigateur : {reason}"));
            self.failed += 1;
            return Ok(());
        }
        let mut build = command(&["cargo", "build", "--package", "cli"]);
        if !build.status()?.success() {
            self.failed += 1;
            return Ok(());
        }
        let mut node = Command::new("npm");
        node.args(["test", "--silent"]).current_dir(root().join("e2e"));
        node.env("TANDEM_BIN", target_dir().join("debug/tandem"));
        node.env("CHROMIUM", setup::chromium().unwrap_or_default());
        println!("\n$ npm test (e2e)");
        let mut counts = (0, 0);
        let passed = watch(node, |line| add_node(line, &mut counts))?;
        self.passed += counts.0;
        self.failed += if passed { counts.1 } else { counts.1.max(1) };
        Ok(())
    }
}

/// `test result: ok. 7 passed; 0 failed; …`
fn add_cargo(line: &str, counts: &mut (usize, usize)) {
    let Some(rest) = line.strip_prefix("test result: ") else { return };
    let number_before = |word: &str| -> usize {
        let before = rest.split(word).next().unwrap_or_default();
        before.trim().rsplit(' ').next().and_then(|it| it.parse().ok()).unwrap_or(0)
    };
    counts.0 += number_before("passed");
    counts.1 += number_before("failed");
}

/// `# pass 12` and `# fail 0`, or `ℹ pass 12`.
fn add_node(line: &str, counts: &mut (usize, usize)) {
    let line = line.trim_start_matches(['#', 'ℹ', ' ']);
    let number = |text: &str| text.trim().parse().unwrap_or(0);
    if let Some(rest) = line.strip_prefix("pass ") {
        counts.0 += number(rest);
    } else if let Some(rest) = line.strip_prefix("fail ") {
        counts.1 += number(rest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adds_up_both_runners() {
        let mut counts = (0, 0);
        add_cargo(
            "test result: FAILED. 7 passed; 2 failed; 0 ignored; finished in 0.01s",
            &mut counts,
        );
        add_cargo("test base::date … ok", &mut counts);
        assert_eq!(counts, (7, 2));
        add_node("# pass 12", &mut counts);
        add_node("ℹ fail 1", &mut counts);
        assert_eq!(counts, (19, 3));
    }
}
