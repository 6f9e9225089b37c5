"""What can go wrong, said so that a council officer can act on it.

Every error names what happened, where, and what to do. The command line prints these
three and nothing else; a traceback in front of a user is a defect.
"""

from __future__ import annotations


class CouncilgraphError(Exception):
    """Root of all errors that are reported to the user (exit code 2).

    Attributes:
        what: one sentence that says what is wrong.
        where: file, line, address or place; empty when the place is the command itself.
        cure: what the user can do about it.
    """

    def __init__(self, what: str, *, where: str = "", cure: str = "") -> None:
        super().__init__(what, where, cure)
        self.what = what
        self.where = where
        self.cure = cure

    def __reduce__(self) -> tuple[object, ...]:
        # Workers send their errors to the process that asked; the default would call the
        # class with three positional arguments and fail there.
        return _again, (type(self), self.what, self.where, self.cure)

    def __str__(self) -> str:
        lines = [self.what]
        if self.where:
            lines.append(f"  where: {self.where}")
        if self.cure:
            lines.append(f"  what to do: {self.cure}")
        return "\n".join(lines)


class InputError(CouncilgraphError):
    """A file that was given cannot be used: missing, empty, damaged or of the wrong kind."""


class UsageError(CouncilgraphError):
    """The command or its arguments are off: an unknown query, parameter, council, format."""


class StoreError(CouncilgraphError):
    """The store cannot be read or written: none there, another version, locked, disk full."""


class QueryError(CouncilgraphError):
    """A query cannot be run: its text is no SPARQL, or the endpoint refused it."""


class ValidationError(CouncilgraphError):
    """The graph breaks a rule that keeps it out of the store."""


def _again(kind: type[CouncilgraphError], what: str, where: str, cure: str) -> CouncilgraphError:
    return kind(what, where=where, cure=cure)
