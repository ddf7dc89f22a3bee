"""Packed files: .gz and .zst of one file, .zip of many. Nothing is written to disk, so no name in one can do harm."""

import gzip
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BufferedReader, RawIOBase
from typing import BinaryIO, cast

from newsfacts.document.records import Result
from newsfacts.document.source import MEBIBYTE, Options
from newsfacts.errors import ReadError

Reader = Callable[[BinaryIO, str, Options], Iterator[Result]]
"""Reads the documents of an open file of this name."""

_NAME_IS_UTF8 = 0x800
_IS_ENCRYPTED = 0x1


def read_gzip(stream: BinaryIO, name: str, options: Options, read: Reader) -> Iterator[Result]:
    """The documents of a file packed with gzip, as `read` reads them."""
    with gzip.GzipFile(fileobj=stream) as unpacked:
        yield from _until_broken(read(cast("BinaryIO", unpacked), name, options), name)


def read_zstandard(stream: BinaryIO, name: str, options: Options, read: Reader) -> Iterator[Result]:
    """The documents of a file packed with Zstandard, as `read` reads them."""
    with BufferedReader(_Zstandard(stream)) as unpacked:
        yield from _until_broken(read(cast("BinaryIO", unpacked), name, options), name)


def read_zip(stream: BinaryIO, name: str, options: Options, reader_of: Callable[[str], Reader]) -> Iterator[Result]:
    """The documents of every file in a ZIP, in the order of the archive; archives inside it are refused.

    Raises ReadError for a broken archive, and for one that unpacks to more than the limits allow.
    """
    try:
        with zipfile.ZipFile(stream) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            _check_size(members, options)
            for member in members:
                path = f"{name}#{_name_of(member)}"
                yield from _read_member(archive, member, path, options, reader_of)
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise ReadError(f"is not a ZIP that can be read ({error}); pack it again") from None


def _read_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: str, options: Options, reader_of: Callable[[str], Reader]
) -> Iterator[Result]:
    if member.flag_bits & _IS_ENCRYPTED:
        yield ReadError(f"{path}: is encrypted; unpack the archive first")
    elif path.lower().endswith(".zip"):
        yield ReadError(f"{path}: is an archive inside an archive; unpack the outer one first")
    else:
        try:
            with archive.open(member) as unpacked:
                yield from _until_broken(reader_of(path)(cast("BinaryIO", unpacked), path, options), path)
        except ReadError as error:
            yield ReadError(f"{path}: {error}")


def _until_broken(results: Iterator[Result], name: str) -> Iterator[Result]:
    """The results up to where the packed data break off."""
    try:
        yield from results
    except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile) as error:
        yield ReadError(f"{name}: is packed badly or cut off ({error}); what stood before that was read")


def _check_size(members: list[zipfile.ZipInfo], options: Options) -> None:
    total = sum(member.file_size for member in members)
    if len(members) > options.files:
        raise ReadError(f"holds {len(members)} files; split it, or raise the limit of {options.files}")
    if total > options.unpacked:
        limit = options.unpacked // MEBIBYTE
        raise ReadError(f"unpacks to {total // MEBIBYTE} MiB; split it, or raise the limit of {limit} MiB")


def _name_of(member: zipfile.ZipInfo) -> str:
    """A member's name; where it is not said to be UTF-8, Chinese archivers mean GBK."""
    if member.flag_bits & _NAME_IS_UTF8:
        return member.filename
    return member.filename.encode("cp437", "replace").decode("gb18030", "replace")


class _Zstandard(RawIOBase):
    """Zstandard data, unpacked as they are read."""

    def __init__(self, packed: BinaryIO) -> None:
        from fastwarc.stream_io import ZstdReader

        self._unpacked = ZstdReader(packed)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        data = self._unpacked.read(len(view))
        view[: len(data)] = data
        return len(data)
