"""Benchmarks: a generator of invented reports, and the figures of ``docs/performance.md``."""
