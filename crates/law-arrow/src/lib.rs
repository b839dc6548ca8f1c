//! Arrow record batches in and out: what an existing engine calls to carry the law past one machine.
