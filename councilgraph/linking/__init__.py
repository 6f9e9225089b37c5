"""Linking: which body of which register a name in a report means, and why."""
