"""Providers of health and social care, as the Care Quality Commission registers them."""
