"""Plain objects to N-Triples text, one graph at a time, the same bytes for the same input."""
