"""WhatsApp's "Export chat" and Signal's text, in every header style, read in blocks and lost nowhere.

A message may run over several lines and nothing marks the later ones; every line that has no header of the file's
own style belongs to the message before it. A person can type a line that looks like a header: docs/methods/reading.md
says which of them are told, which are flagged, and which no reader of text can tell.
"""

import re
from collections import Counter
from collections.abc import Iterator

from desist_chronicle.errors import UnrecognisedSourceError
from desist_chronicle.ledger import Ledger
from desist_chronicle.local_time import clock_of
from desist_chronicle.options import DateOrder, Options
from desist_chronicle.readers import header_styles
from desist_chronicle.readers.chat_blocks import blocks
from desist_chronicle.readers.chat_records import ChatRecords, Conventions
from desist_chronicle.readers.chat_times import Stamps, numbers_of
from desist_chronicle.readers.chat_words import Ambiguity
from desist_chronicle.readers.date_order import WrittenDate, find_order
from desist_chronicle.readers.encodings import Encoding, encoding_of
from desist_chronicle.readers.header_styles import Style
from desist_chronicle.records import Batch
from desist_chronicle.sources import Source

FORMAT = "chat exported as text"
#: how many messages a sender needs before "X: Y: " counts as a name with a colon
REPEATED = 3
NEARLY_ALL = 0.9


def recognises(head: bytes) -> bool:
    """Whether a line near the beginning has a chat's header."""
    return header_styles.vote(encoding_of(head).to_utf8(head)) is not None


def read(*, source: Source, options: Options, ledger: Ledger) -> Iterator[Batch]:
    """The messages and system lines of a chat, every byte accounted for.

    Raises `DateOrderNeededError` when the dates can be read in two ways.
    """
    head = source.head()
    encoding = encoding_of(head)
    text = encoding.to_utf8(head)
    style = header_styles.vote(text)
    if style is None:
        raise UnrecognisedSourceError(
            f"{source.name} has no line with a chat's header. Ask for the file again."
        )
    pattern = header_styles.grammar(style=style, names=options.names)
    order, reason = _order(source, options, style, encoding, pattern)
    _state(ledger, style, encoding, order, reason)
    ledger.accountable_bytes = source.size
    records = ChatRecords(
        source=source.name,
        stamps=Stamps(clock=clock_of(options.zone), order=order),
        conventions=Conventions(
            encoding,
            style.precision,
            _ends_in_return(text, pattern),
            _ambiguous(text, pattern, ledger),
        ),
        options=options,
        ledger=ledger,
    )
    with source.open(ledger) as stream:
        for block in blocks(stream=stream, encoding=encoding, pattern=pattern):
            yield from records.of(block)
        ledger.accountable_bytes = stream.size
        yield records.rest(stream.size)


def _state(ledger: Ledger, style: Style, encoding: Encoding, order: DateOrder, reason: str) -> None:
    ledger.fact("style", style.example())
    ledger.fact("encoding", encoding.name)
    ledger.fact("date_order", order.value)
    ledger.fact("date_order_known", reason)


def _order(
    source: Source, options: Options, style: Style, encoding: Encoding, pattern: re.Pattern[bytes]
) -> tuple[DateOrder, str]:
    if options.date_order:
        return options.date_order, "as stated by the person who reads"
    dates = _dates(source, encoding, pattern)
    return find_order(source=source.name, dates=dates, candidates=style.date_orders)


def _dates(source: Source, encoding: Encoding, pattern: re.Pattern[bytes]) -> Iterator[WrittenDate]:
    """Yield every date that differs from the one before it."""
    line, last = 1, b""
    with source.open(Ledger()) as stream:
        for block in blocks(stream=stream, encoding=encoding, pattern=pattern):
            line += block.preamble.count(b"\n")
            for written, body in zip(block.dates, block.bodies, strict=True):
                if written != last:
                    first, second, third = numbers_of(written)
                    yield WrittenDate(written.decode(), (first, second, third), line)
                last = written
                line += body.count(b"\n") + 1


def _ends_in_return(text: bytes, pattern: re.Pattern[bytes]) -> bool:
    """Return whether nearly every header near the beginning follows a carriage return."""
    starts = [found.start() for found in pattern.finditer(text)]
    returns = sum(text[start - 1 : start] == b"\r" for start in starts)
    return returns > NEARLY_ALL * len(starts)


def _ambiguous(text: bytes, pattern: re.Pattern[bytes], ledger: Ledger) -> tuple[Ambiguity, ...]:
    """Return the senders whose messages all begin with the same words and a colon: the words may belong to the name."""
    beginnings: dict[bytes, Counter[bytes]] = {}
    for found in pattern.finditer(b"\n" + text):
        if sender := found[5]:
            body = text[found.end() - 1 : found.end() + 79].partition(b"\n")[0]
            said, colon, _ = body.partition(b": ")
            beginnings.setdefault(sender, Counter())[said if colon else b""] += 1
    found_names = []
    colon = b": "
    for sender, counts in beginnings.items():
        ((said, count),) = counts.most_common(1)
        if len(counts) == 1 and said and count >= REPEATED:
            name = sender.decode("utf-8", "replace").removesuffix(": ")
            found_names.append(Ambiguity(name, said + colon))
            ledger.note(
                f'Every message of {name!r} begins with "{said.decode("utf-8", "replace")}: ". If that belongs to the '
                f'name, read the file again with --name "{name}: {said.decode("utf-8", "replace")}".'
            )
    return tuple(found_names)
