# What people says.
