"""Tables of other publishers, keyed on GSS code: figures, statistical neighbours, peer challenges.

This folder has no ``source.toml``: each table brings a description of its own, with its own
publisher and licence, and one here would put words into the mouths of all of them.
"""

from loaders.observations.files import read_outside

__all__ = ["read_outside"]
