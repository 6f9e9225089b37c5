"""What we depend on: pinned with hashes, listed with licences, held against known advisories.

For maintainers and for CI; none of it is in the wheel. README.md has the commands.
"""
