# What structures says.
