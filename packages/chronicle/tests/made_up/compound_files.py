"""Compound files ([MS-CFB]) made by hand, as Outlook saves mails: small streams in the mini stream, folders as chains."""

import struct
from itertools import pairwise
from typing import TypeAlias

Tree: TypeAlias = dict[str, "bytes | Tree"]
SECTOR, MINI, CUTOFF = 512, 64, 4096
FREE, END, FAT_ITSELF, NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


class CompoundFile:
    """The directory, the two tables of sectors, and what they lead to."""

    def __init__(self, tree: Tree) -> None:
        self._entries: list[list[object]] = []
        self._mini, self._minifat = bytearray(), list[int]()
        self._sectors, self._fat = list[bytes](), list[int]()
        root = self._entry("Root Entry", 5)
        root[4] = self._folder(tree)
        root[5], root[6] = self._chain(bytes(self._mini)), len(self._mini)

    def _entry(self, name: str, kind: int) -> list[object]:
        entry: list[object] = [name, kind, NONE, NONE, NONE, END, 0]
        self._entries.append(entry)
        return entry

    def _folder(self, tree: Tree) -> int:
        """The number of the first entry; each has the next one at its right."""
        numbers = []
        for name, value in sorted(tree.items(), key=lambda one: (len(one[0]), one[0].upper())):
            numbers.append(len(self._entries))
            entry = self._entry(name, 1 if isinstance(value, dict) else 2)
            if isinstance(value, dict):
                entry[4] = self._folder(value)
            else:
                entry[5] = self._chain(value) if len(value) >= CUTOFF else self._small(value)
                entry[6] = len(value)
        for number, after in pairwise(numbers):
            self._entries[number][3] = after
        return numbers[0] if numbers else NONE

    def _small(self, data: bytes) -> int:
        first, count = len(self._minifat), -(-len(data) // MINI)
        self._mini += data.ljust(count * MINI, b"\0")
        self._minifat += [*range(first + 1, first + count), END][: max(count, 0)]
        return first if count else END

    def _chain(self, data: bytes, mark: int = END) -> int:
        first, count = len(self._sectors), -(-len(data) // SECTOR)
        self._sectors += [data[at * SECTOR : (at + 1) * SECTOR].ljust(SECTOR, b"\0") for at in range(count)]
        self._fat += [*range(first + 1, first + count), mark][:count]
        return first if count else END

    def written(self) -> bytes:
        """The whole file."""
        directory = self._chain(b"".join(_described(one) for one in self._entries))
        table = b"".join(struct.pack("<I", one) for one in self._minifat)
        minifat = self._chain(table.ljust(-(-len(table) // SECTOR) * SECTOR, b"\xff"))
        place = len(self._sectors)
        fat = [*self._fat, FAT_ITSELF]
        self._sectors.append(struct.pack(f"<{len(fat)}I", *fat).ljust(SECTOR, b"\xff"))
        header = struct.pack(
            "<8s16x5H6x9I",
            *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6),
            *(0, 1, directory, 0, CUTOFF, minifat, -(-len(table) // SECTOR), END, 0),
        )
        places = struct.pack("<109I", place, *[FREE] * 108)
        return header + places + b"".join(self._sectors)


def _described(entry: list[object]) -> bytes:
    name, kind, left, right, child, start, size = entry
    written = str(name).encode("utf-16-le") + b"\0\0"
    return struct.pack(
        "<64sHBB3I16xI16xIII", written, len(written), kind, 1, left, right, child, 0, start, size, 0
    )
