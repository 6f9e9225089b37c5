"""Charities of England and Wales, as the Charity Commission's register extract has them."""
