"""Keeps the tests, and every Python that they start, on this machine."""
