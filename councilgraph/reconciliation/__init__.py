"""Matching other people's lists to our bodies over the web: the W3C Reconciliation Service API 0.2.

The rules are those of ``councilgraph reconcile``; a list gives the same answers either way.
"""
