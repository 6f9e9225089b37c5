"""Reviewed evidence: stand-off records that correct the machine and answer without the text."""

from loaders.reviews.reader import read_reviews

__all__ = ["read_reviews"]
