//! A million households: the same rules, evaluated in columns, bit for bit equal to the reference.
