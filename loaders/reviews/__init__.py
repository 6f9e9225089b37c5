"""Reviewed evidence: stand-off records that correct the machine and answer without the text."""

from loaders.reviews.reader import read_folder, read_review_file, read_reviews, review_folder

__all__ = ["read_folder", "read_review_file", "read_reviews", "review_folder"]
