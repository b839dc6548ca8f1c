# What cases says.
