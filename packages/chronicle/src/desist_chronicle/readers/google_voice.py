"""Google Voice in a Takeout: a page for each conversation, call or voicemail. Times state their offset from UTC."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from desist_chronicle.errors import UnrecognisedSourceError
from desist_chronicle.ledger import Ledger
from desist_chronicle.local_time import LocalClock, clock_of
from desist_chronicle.options import Options
from desist_chronicle.readers.html_pages import Element, bytes_of, content, first, flat, is_page, tree_of
from desist_chronicle.readers.json_messages import in_utc
from desist_chronicle.readers.other_names import OtherNames
from desist_chronicle.readers.record_maker import RecordMaker, in_lists
from desist_chronicle.records import Direction, Flag, Kind, Precision, Record
from desist_chronicle.sources import Source

FORMAT = "Google Voice (HTML)"
CHAT, CALL = "hChatLog", "haudio"
#: how Google names the owner
ME = "Me"
#: the label at the foot of a page -> kind and direction
CALLS = {
    "missed": (Kind.MISSED_CALL, Direction.RECEIVED),
    "received": (Kind.CALL, Direction.RECEIVED),
    "placed": (Kind.CALL, Direction.SENT),
    "voicemail": (Kind.VOICEMAIL, Direction.RECEIVED),
}


def recognises(head: bytes) -> bool:
    """Whether the page is Google Voice's, for a conversation or for a call."""
    return is_page(head) and any(f'class="{name}'.encode() in head for name in (CHAT, CALL))


def read(*, source: Source, options: Options, ledger: Ledger) -> Iterator[list[Record]]:
    """The messages in the page's order, or the one call."""
    tree = tree_of(bytes_of(source, ledger), ledger)
    make = RecordMaker(source=source.name, options=options, precision=Precision.MILLISECOND)
    page = _Page(make=make, clock=clock_of(options.zone), title=(tree.findtext(".//title") or "").strip())
    yield from in_lists(page.records(tree))
    page.names.tell(ledger)
    if not make.made:
        raise UnrecognisedSourceError(
            f"{source.name} is a page of Google Voice's without a message or call that can be read. Nothing was read. Ask "
            "Google's Takeout for “Voice” once more, or make a table (CSV) of it."
        )


@dataclass(slots=True)
class _Page:
    """One page, whose title is the other person's name or number."""

    make: RecordMaker
    clock: LocalClock
    title: str
    names: OtherNames = field(default_factory=OtherNames)
    group: tuple[str, ...] = ()

    def records(self, tree: Element) -> Iterator[Record]:
        for participants in tree.find_class("participants"):
            self.group = tuple(self._who(one) for one in participants.find_class("vcard"))
        for log in tree.find_class(CHAT):
            yield from map(self._message, log.find_class("message"))
        yield from map(self._call, tree.find_class(CALL))

    def _who(self, piece: Element | None) -> str:
        """The name of a person, or the number where there is no name; the pair is kept."""
        name = flat(None if piece is None else first(piece, "fn"))
        links = [] if piece is None else piece.find_class("tel")
        number = next((one.get("href", "").removeprefix("tel:") for one in links), "")
        if name != ME:
            self.names.add(number, name)
        return name or number

    def _message(self, message: Element) -> Record:
        who = self._who(first(message, "sender"))
        written = next((one.get("title", "") for one in message.find_class("dt")), "")
        sent = who == ME
        others = [one for one in self.group if one not in {who, ME}] or ([self.title] if sent else [])
        files = [
            one.get("src") or one.get("href") or "" for one in message.iter("img", "video", "audio", "a")
        ]
        files = [one for one in files if one and not one.startswith("tel:")]
        words = [content(one) for one in message.iter("q")]
        return self.make.record(
            when=in_utc(self.clock, written),
            found=written,
            sender=(self.make.owner or ME) if sent else who,
            recipients=tuple(filter(None, others)),
            direction=Direction.SENT if sent else Direction.RECEIVED if who else Direction.UNKNOWN,
            text="\n".join([*filter(None, words), *(f"[{one}]" for one in files)]),
            flags=(Flag.ATTACHMENT,) if files else (),
            line=message.sourceline or 0,
        )

    def _call(self, call: Element) -> Record:
        labels = [one.get("href", "").rpartition("#")[2] for one in call.iter("a") if one.get("rel") == "tag"]
        kind, direction = next((CALLS[one] for one in labels if one in CALLS), (Kind.CALL, Direction.UNKNOWN))
        written = next((one.get("title", "") for one in call.find_class("published")), "")
        other = self._who(first(call, "contributor"))
        sent = direction is Direction.SENT
        said = [f"[{', '.join(labels)}]" if labels else "", flat(first(call, "duration"))]
        said += [content(one).strip() for one in call.find_class("full-text")]
        sounds = [one.get("src", "") for one in call.iter("audio")]
        return self.make.record(
            kind=kind,
            when=in_utc(self.clock, written),
            found=written,
            sender=(self.make.owner or ME) if sent else other,
            recipients=(other,) if sent and other else (),
            direction=direction,
            text="\n".join(filter(None, [*said, *(f"[{one}]" for one in sounds if one)])),
            flags=(Flag.ATTACHMENT,) if any(sounds) else (),
            line=call.sourceline or 0,
        )
