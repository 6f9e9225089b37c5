"""Wikidata: which of its items stand for the bodies that we know."""
