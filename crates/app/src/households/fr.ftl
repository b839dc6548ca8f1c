# What households says.
