"""Reports at their web addresses: fetched politely, kept as files, read like any other file."""
