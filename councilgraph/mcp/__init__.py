"""The graph over the Model Context Protocol: stored questions, search and pages of things.

A program that reads answers and writes about them sees what a person sees on a page: the rows,
the reports they come from, the licence, whether anyone has reviewed them, and what they do not say.
"""
