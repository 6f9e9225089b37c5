"""From a report's text to evidence objects, each with its exact words and place.

Local, deterministic, and explained: each finding says which rule gave its labels. Another
extractor can take this one's place by giving the same objects (``extractor.Extractor``).
"""
