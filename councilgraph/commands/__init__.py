"""One module a command: its options, one call, and how the result is printed."""
