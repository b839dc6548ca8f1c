# What accounts says.
