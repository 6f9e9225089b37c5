"""Which files there are, and which of them make up one assessment."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from councilgraph.errors import CouncilgraphError, InputError
from loaders.cqc_report.lookups import comparable
from loaders.cqc_report.peek import PageKey, peek
from loaders.documents import SUFFIXES, read_document

# The addresses of pages have a folder for each theme ("theme1", "2-providing-support"), and
# copies of a site keep it; the dated page stands one level up.
_THEME_FOLDER = re.compile(r"^(?:theme[-_ ]?[1-4]|[1-4]-[a-z-]+)$", re.IGNORECASE)

# A browser puts what belongs to "needs.html" (frames, advertisements) into "needs_files".
_BESIDE_A_PAGE = ("_files", ".files")


def find_files(paths: Iterable[Path]) -> list[Path]:
    """The report files among files and folders (folders are searched to any depth).

    Raises:
        InputError: a path does not exist, or a folder holds no report file.
    """
    files: list[Path] = []
    for path in paths:
        try:
            found = _in_folder(path) if path.is_dir() else [path] if path.exists() else None
        except OSError as error:
            raise InputError(
                f"The path cannot be read: {error.strerror}.",
                where=str(path),
                cure="Check its spelling, and that you may read it.",
            ) from None
        if found is None:
            raise InputError(
                "There is no such file or folder.", where=str(path), cure="Check the path and its spelling."
            )
        if not found:
            raise InputError(
                f"The folder holds no report: no file that ends in {', '.join(SUFFIXES)}.",
                where=str(path),
                cure="Give the folder that the report files lie in.",
            )
        files.extend(found)
    return list(dict.fromkeys(files))


def peek_files(files: Iterable[Path]) -> tuple[list[PageKey], list[CouncilgraphError]]:
    """The council, date and checksum of each file; the errors of those that are no report."""
    keys: list[PageKey] = []
    errors: list[CouncilgraphError] = []
    for file in files:
        try:
            keys.append(peek(read_document(file)))
        except CouncilgraphError as error:
            errors.append(error)
    return keys, errors


def group_pages(pages: Sequence[PageKey]) -> tuple[list[list[PageKey]], list[CouncilgraphError]]:
    """The pages of each assessment: same council, same date of publication.

    A page without a date belongs to the assessment of its council whose dated page lies
    in the same folder, a theme's folder counting as the one that it lies in. Where there is
    none, or more than one, it stands alone or is refused: a guess would put a council's
    evidence under the wrong assessment.
    """
    dated: dict[tuple[str, date], list[PageKey]] = {}
    undated: dict[tuple[Path, str], list[PageKey]] = {}
    homes: dict[tuple[Path, str], set[tuple[str, date]]] = {}
    errors: list[CouncilgraphError] = []
    for page in pages:
        council = comparable(page.authority)
        if page.published:
            dated.setdefault((council, page.published), []).append(page)
            homes.setdefault((_home(page.path), council), set()).add((council, page.published))
        else:
            undated.setdefault((_home(page.path), council), []).append(page)
    alone: list[list[PageKey]] = []
    for place, group in undated.items():
        found = homes.get(place, set())
        if len(found) == 1:
            dated[next(iter(found))].extend(group)
        elif not found:
            alone.append(group)
        else:
            errors.extend(_homeless(page, len(found)) for page in group)
    return [*dated.values(), *alone], errors


def _homeless(page: PageKey, assessments: int) -> InputError:
    return InputError(
        f"The page has no date, and its folder holds {assessments} assessments of {page.authority}.",
        where=str(page.path),
        cure="Put the pages of each assessment in a folder of their own.",
    )


def _in_folder(folder: Path) -> list[Path]:
    return sorted(
        p
        for p in folder.rglob("*")
        if p.suffix.lower() in SUFFIXES
        and p.is_file()
        and not any(part.endswith(_BESIDE_A_PAGE) for part in p.relative_to(folder).parts[:-1])
    )


def _home(path: Path) -> Path:
    folder = path.absolute().parent
    return folder.parent if _THEME_FOLDER.match(folder.name) else folder
