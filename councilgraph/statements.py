"""The nine quality statements in the framework's order, by slug.

Kept as a tuple because the order of columns, pages and pictures follows it and start-up
must not wait for the scheme file; a test keeps it equal to
``ontology/schemes/quality-statement.ttl``.
"""

STATEMENTS = (
    "assessing-needs",
    "healthier-lives",
    "equity",
    "care-provision",
    "partnerships",
    "safe-pathways",
    "safeguarding",
    "governance",
    "learning",
)
