//! The months to come, what would change, and the budget curve.
