"""What no export should bring about is told all the same."""

import codecs
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from packages.chronicle.tests.made_up.export_samples import chat_text

from desist_chronicle import reading, sources
from desist_chronicle.digest import Digest
from desist_chronicle.errors import UnrecognisedSourceError
from desist_chronicle.ledger import Ledger
from desist_chronicle.options import DateOrder, Options
from desist_chronicle.readers import chat_text as chat_reader
from desist_chronicle.readers import encodings
from desist_chronicle.reading import Reading
from desist_chronicle.records import Record
from desist_chronicle.sources import Source


class LosingReader:
    """A reader with a fault: it loses the last record."""

    FORMAT = "a chat"

    def recognises(self, head: bytes) -> bool:
        return bool(head)

    def read(self, *, source: Source, options: Options, ledger: Ledger) -> Iterator[list[Record]]:
        for block in chat_reader.read(source=source, options=options, ledger=ledger):
            yield list(block)[:-1]


def test_a_reader_that_loses_bytes_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "chat.txt"
    path.write_bytes(chat_text())
    monkeypatch.setattr(reading, "reader_for", lambda _: LosingReader())
    made = Reading(paths=[path], options=Options(date_order=DateOrder.DMY))

    read = sum(len(block) for block in made.blocks())

    assert 0 < read < 150
    assert made.outcomes[0].accounted is False
    assert any("The bytes do not add up" in warning for warning in made.outcomes[0].warnings)


def test_a_chat_that_has_changed_since_it_was_recognised_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_bytes(b"dear diary")
    source = sources.of_file(path, name="chat.txt")

    with pytest.raises(UnrecognisedSourceError, match="no line with a chat's header"):
        list(chat_reader.read(source=source, options=Options(), ledger=Ledger()))


def test_only_decoding_falls_back_to_control_characters() -> None:
    fallback = codecs.lookup_error(encodings.UNDEFINED)
    error = UnicodeEncodeError("cp1252", "\u20ac", 0, 1, "made up")

    with pytest.raises(UnicodeEncodeError):
        fallback(error)


def test_a_machine_that_counts_from_the_other_end_turns_its_numbers_round(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "chat.txt"
    path.write_bytes(chat_text())
    (first, *_) = Reading(paths=[path], options=Options(date_order=DateOrder.DMY)).blocks()
    digests = []

    for order in ("little", "big"):
        # The numbers of this machine, said to be the other kind, are turned round before they are hashed.
        monkeypatch.setattr(sys, "byteorder", order)
        digest = Digest()
        digest.add(first)
        digests.append(digest.hexdigest())

    assert digests[0] != digests[1]
