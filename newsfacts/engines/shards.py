"""An output in several files: each of about the same size, or one for each input; each appears whole or not at all.

`facts.jsonl` becomes `facts-00001.jsonl`, `facts-00002.jsonl`, …, or `facts/INPUT.jsonl` for each input.
"""

from collections.abc import Iterable, Iterator
from itertools import count, groupby
from pathlib import Path, PurePath

from newsfacts.engines.ledger import Part
from newsfacts.output.target import replace_file


def write_by_size(output: Path, header: bytes, parts: Iterable[Part], size: int) -> None:
    """Write files that are full with the part that reaches `size` bytes; take away those of a longer run before."""
    numbers = count(1)
    left = iter(parts)
    for part in left:
        _write(_numbered(output, next(numbers)), header, _up_to(size, part, left))
    for number in numbers:
        if not _numbered(output, number).exists():
            return
        _numbered(output, number).unlink()


def write_by_input(output: Path, header: bytes, parts: Iterable[Part]) -> None:
    """Write a file for each input, below a folder with the output's name."""
    for name, own in groupby(parts, key=lambda part: part.entry["input"]):
        below = [part for part in PurePath(name).parts if part not in ("/", "..")]
        path = output.with_suffix("").joinpath(*below)
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path.with_name(path.name + output.suffix), header, (block for part in own for block in part.blocks))


def _numbered(output: Path, number: int) -> Path:
    return output.with_name(f"{output.stem}-{number:05}{output.suffix}")


def _up_to(size: int, first: Part, rest: Iterator[Part]) -> Iterator[bytes]:
    """The blocks of the first part and of as many of the rest as it takes."""
    yield from first.blocks
    written = first.size
    while written < size and (part := next(rest, None)) is not None:
        yield from part.blocks
        written += part.size


def _write(path: Path, header: bytes, blocks: Iterable[bytes]) -> None:
    written = path.with_name(f".{path.name}.part")
    with written.open("wb") as file:
        file.write(header)
        file.writelines(blocks)
    replace_file(written, path)
