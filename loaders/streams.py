"""A publisher's file as a stream of bytes, read out of its zip archive without unpacking.

Registers of several hundred megabytes are read here, so no file is ever held whole, and a
file made to fill the disk or the memory is refused: an archive of a few kilobytes can
declare, or unpack to, any number of gigabytes.
"""

from __future__ import annotations

import io
import os
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from councilgraph.errors import InputError

Progress = Callable[[int, int], None]
"""Told ``(bytes read, bytes in all)`` of the file as it lies on the disk."""

LONGEST = 64 * 2**30
"""Bytes of data in one file; the largest register known (companies) has three gigabytes."""

RATIO = 250
"""Bytes out of one byte in an archive. Registers reach about 20, a bomb a thousand."""

DIRECTORY = 2**20
"""Bytes of an archive's list of contents; a register's archive holds one file."""

STEP = 2**18
WORKBOOK = "content.xml"
"""The file of an OpenDocument workbook (.ods) that has the sheets."""

SUFFIXES = frozenset({".csv", ".json", ".jsonl", ".tsv", ".txt"})


class Stream(io.RawIOBase):
    """The bytes of a file, or of one file in an archive, counted as they are read.

    ``workbook`` tells that they are the XML of an OpenDocument workbook.
    """

    def __init__(self, path: Path, file: IO[bytes], data: IO[bytes], limit: int, progress: Progress) -> None:
        self.path = path
        self.workbook = False
        self._file = file
        self._data = data
        self._limit = limit
        self._progress = progress
        self._total = os.fstat(file.fileno()).st_size
        self._read = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill the buffer; raises InputError where the archive is damaged or too large."""
        try:
            data = self._data.read(len(buffer))
        except (
            OSError,
            EOFError,
            zipfile.BadZipFile,
            zlib.error,
            ValueError,
            RuntimeError,
            struct.error,
        ) as error:
            raise broken(self.path, str(error)) from error
        self._read += len(data)
        if self._read > self._limit:
            raise _bomb(self.path, self._read)
        self._progress(min(self._file.tell(), self._total), self._total)
        buffer[: len(data)] = data
        return len(data)


def silent(read: int, total: int) -> None:
    """Progress that nobody watches."""


@contextmanager
def open_stream(path: Path, progress: Progress = silent) -> Iterator[Stream]:
    """Open a file, or the one data file in a zip archive, for reading from its beginning.

    Raises InputError for a missing file, a broken, locked or overlarge archive, and one that
    holds no data file or several. The stream itself raises InputError while it is read.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise InputError(
            f"The file {path.name} cannot be read: {error.strerror or error}.",
            where=str(path),
            cure="Check the path, that it is a file and that you may read it.",
        ) from error
    with file:
        if file.read(2) == b"PK":
            with _archive(path, file) as archive:
                member = _member(path, archive)
                with _unpacking(path, archive, member) as data:
                    stream = Stream(path, file, data, member.file_size, progress)
                    stream.workbook = member.filename == WORKBOOK
                    yield stream
        else:
            file.seek(0)
            yield Stream(path, file, file, LONGEST, progress)


def broken(path: Path, why: str) -> InputError:
    """The error about a file that ends too early or is damaged."""
    return InputError(
        f"{path.name} is cut off or damaged: {why.rstrip('.') or 'it ends too early'}.",
        where=str(path),
        cure="Download it again and compare its size with the publisher's.",
    )


def _bomb(path: Path, size: int) -> InputError:
    return InputError(
        f"{path.name} unpacks to {size:,} bytes or more, which no register does.",
        where=str(path),
        cure="Get the file from its publisher's own address; do not unpack this one.",
    )


def _archive(path: Path, file: IO[bytes]) -> zipfile.ZipFile:
    if _directory_size(file) > DIRECTORY:
        # The list of contents is read whole: a million empty entries would fill the memory.
        raise _bomb(path, DIRECTORY)
    try:
        return zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, struct.error) as error:
        raise broken(path, str(error)) from error


def _directory_size(file: IO[bytes]) -> int:
    """Bytes of the list of contents as the end of the archive tells; 0 if it has no end."""
    file.seek(0, os.SEEK_END)
    file.seek(max(0, file.tell() - 2**16 - 128))
    tail = file.read()
    file.seek(0)
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) < place + 16:
        return 0
    (size,) = struct.unpack_from("<L", tail, place + 12)
    if size == 0xFFFFFFFF:
        large = tail.rfind(b"PK\x06\x06", 0, place)
        if large >= 0 and len(tail) >= large + 48:
            (size,) = struct.unpack_from("<Q", tail, large + 40)
    return int(size)


def _member(path: Path, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """The one data file of the archive; raises InputError for none or several."""
    found = [member for member in archive.infolist() if member.filename == WORKBOOK] or [
        member
        for member in archive.infolist()
        if PurePosixPath(member.filename).suffix.lower() in SUFFIXES
        and not member.filename.startswith("__MACOSX/")
        and not PurePosixPath(member.filename).name.startswith(".")
    ]
    if len(found) != 1:
        held = ", ".join(repr(member.filename[:60]) for member in archive.infolist()[:5])
        raise InputError(
            f"{path.name} holds {len(found)} data files; one is expected.",
            where=str(path),
            cure=f"Give the archive as the publisher issues it. It holds: {held or 'nothing'}.",
        )
    member = found[0]
    if member.file_size > LONGEST or member.file_size > RATIO * max(member.compress_size, 2**12):
        raise _bomb(path, member.file_size)
    return member


@contextmanager
def _unpacking(path: Path, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[IO[bytes]]:
    try:
        data = archive.open(member)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, RuntimeError, struct.error) as error:
        raise broken(path, str(error)) from error
    with data:
        yield data
