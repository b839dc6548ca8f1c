# What access_log says.
