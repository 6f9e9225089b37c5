"""Registers of organisations and their codes, as org-id.guide lists them."""
