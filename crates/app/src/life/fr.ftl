# What life says.
