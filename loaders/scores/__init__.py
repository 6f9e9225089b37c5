"""Scores and ratings of the assessments: our table, and the one it is made from."""

from loaders.scores.reader import ScoreRow, read_pilots, read_scores

__all__ = ["ScoreRow", "read_pilots", "read_scores"]
