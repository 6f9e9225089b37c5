"""Where a build goes: a folder with the embedded store (``intofolder``), or an endpoint (``intoendpoint``).

A target knows what it holds already, keeps the N-Quads files, and puts the new sources in
force.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol, Self

from councilgraph.build.checks import CheckRow
from councilgraph.build.progress import Progress
from councilgraph.build.sources import Source, SourceFolder
from councilgraph.errors import StoreError, ValidationError
from councilgraph.version import __version__


class Target(Protocol):
    """A store that can be written. Use it in a ``with`` statement."""

    def __enter__(self) -> Self: ...
    def __exit__(self, *error: object) -> None: ...
    def folder(self) -> SourceFolder:
        """The N-Quads files."""

    def sources(self) -> list[Source]:
        """What the store holds now."""

    def looked(self) -> str:
        """The file that remembers what was seen in report files; "" where nothing is remembered."""

    def inputs(self) -> str:
        """The digest of the inputs that it was built from; empty where it is not known."""

    def refused_before(self) -> int:
        """How many reports the last build refused: they are tried again."""

    def damage(self) -> tuple[str, ...]:
        """What of the store is not as it was written: it is made anew, whatever has changed."""

    def require_whole(self) -> None:
        """For work that goes on from what the store holds.

        Raises:
            StoreError: there is no store, or what it holds can no more be known.
        """

    def put(
        self, sources: Sequence[Source], *, inputs: str, refused: int, progress: Progress
    ) -> tuple[CheckRow, ...]:
        """Put the sources in force and return what the checks found.

        Raises:
            ValidationError: a check of severity error has rows; nothing is changed.
        """


class FromManifest:
    """What all targets read from the manifest of the build in force."""

    manifest: dict[str, Any]
    _sources: list[Source] | None = None

    def sources(self) -> list[Source]:
        """What the store holds now."""
        if self._sources is None:
            # Of many reports they take more room than all else: once, and not twice.
            self._sources = [Source.from_json(s) for s in self.manifest.pop("sources", [])]
        return list(self._sources)

    def inputs(self) -> str:
        """The digest of the inputs of the last build."""
        return str(self.manifest.get("inputs", ""))

    def refused_before(self) -> int:
        """How many reports the last build refused."""
        return int(self.manifest.get("refused", 0))

    def _require_records(self, place: str) -> None:
        if not self.sources():
            raise StoreError(
                "There is no store here yet.",
                where=place,
                cure="Run 'councilgraph build --reports ...' first; it takes the same files.",
            )
        if self.manifest.get("bare"):
            raise StoreError(
                "The store was made anew from its N-Quads files alone: which files its reports were read "
                "from is no more known.",
                where=place,
                cure="Run 'councilgraph build --reports ...' with all your reports once.",
            )


def manifest_of(sources: Iterable[Source], inputs: str, refused: int) -> dict[str, Any]:
    """The manifest; its sources are an iterator, of which a writer needs one at a time."""
    return {
        "councilgraph": __version__,
        "inputs": inputs,
        "refused": refused,
        "sources": (s.to_json() for s in sources),
    }


def refuse_violations(checks: Sequence[CheckRow]) -> None:
    """Let nothing come into force of which a check of severity error has found something.

    Raises:
        ValidationError: one has.
    """
    broken = [row for row in checks if row.severity == "error"]
    if broken:
        shown = "\n".join(f"  - {row.entity}: {row.problem}" for row in broken[:5])
        raise ValidationError(
            f"{len(broken)} problems between the graphs:\n{shown}",
            cure=f"{broken[0].solution} The store in force is as it was.",
        )
