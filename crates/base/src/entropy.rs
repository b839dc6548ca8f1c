//! Randomness as a parameter.

/// Where random bytes come from: the system in service, a seed in tests. Never ambient.
pub trait Entropy: Send {
    /// Fills `out` with bytes nobody can guess.
    fn fill(&mut self, out: &mut [u8]);
}
