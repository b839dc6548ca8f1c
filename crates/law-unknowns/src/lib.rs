//! What is certain whatever the missing answers turn out to be, and what to ask next.
