"""What clients do with a link: they send, and say that they have finished. Nothing can be read here.

A code that never was, was used, has ended, was revoked, or whose client cannot safely be reached now answers alike, and makes the
same statements. The right code is looked for first, so that wrong ones lock nobody out; they are counted by network address, and
beyond the limit none of them leaves an event any more.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from hashlib import sha256

from django.db.models import Q, QuerySet, Sum

from desist.accounts.throttle.commands import Attempts
from desist.advocacy.evidence import keeping
from desist.advocacy.evidence.commands import MOST_BYTES
from desist.advocacy.submissions import locks
from desist.advocacy.submissions.models import SubmissionLink, Submitted
from desist.advocacy.submissions.policy import Action
from desist.advocacy.submissions.states import CODES, HERE, Kind, State
from desist.advocacy.victims.states import State as Case
from desist.post import codes
from desist.references import reference
from desist.refusals import Refused
from desist.wall import actors, gate

#: wrong codes that leave an event, within WINDOW: of an address, and of all addresses
WINDOW = timedelta(hours=1)
OF_AN_ADDRESS, IN_ALL = 20, 300
#: what one link takes in
MOST_FILES = 100
MOST_IN_ALL = 2 * MOST_BYTES

WRONG = "This code does not work. Check it, or ask the person who gave it to you for a new one"
EMPTY = "The file is empty"
TOO_LARGE = "The file is larger than 2 GB, so it cannot be sent here. Send a shorter part of it, or ask the person who gave you the code"
FULL = "Nothing more can be sent with this code. Ask the person who gave it to you for a new one"
CUT = "A piece of the file was cut off on the way. Choose the file again: it goes on where it stopped"
ANOTHER = (
    "This is not the file that was begun: it was changed meanwhile. Give it another name, and send it again"
)


class NotOpen(Refused):
    """The code opens nothing, for whatever reason."""

    def __init__(self) -> None:
        """Set the one sentence for all."""
        super().__init__(WRONG)


def look(*, code: str, address: str, at: datetime) -> None:
    """Whether something can be sent with a code now. Raises NotOpen."""
    with _link(code, address, at):
        pass


def begin(
    *, code: str, address: str, kind: Kind, name: str, size: int, content: bytes, at: datetime
) -> tuple[str, int]:
    """Take in the first piece; return the reference of the file and the number of pieces that are here. Raises Refused.

    The same file that was begun before with this link goes on: it is known by its name, its size and its first piece.
    """
    if size > MOST_BYTES:
        raise Refused(TOO_LARGE)
    if size < 1:
        raise Refused(EMPTY)
    if len(content) != min(keeping.PIECE, size):
        raise Refused(CUT)
    first = sha256(b"\0".join((name.encode(), str(size).encode(), content))).hexdigest()
    with _link(code, address, at) as link:
        here = link.submitted.exclude(state__in=(State.GONE, State.ERASED))
        if earlier := here.filter(first=first).first():
            return earlier.ref, earlier.done
        total = here.aggregate(total=Sum("size"))["total"] or 0
        if here.count() >= MOST_FILES or total + size > MOST_IN_ALL:
            raise Refused(FULL)
        own = reference()
        row = Submitted.objects.create(
            ref=own,
            link=link,
            kind=kind,
            name=locks.lock(link, f"{own} {locks.NAME}", name.encode()),
            size=size,
            first=first,
            begun_at=at,
        )
        return own, _keep(row, link, content, at)


def add_piece(*, code: str, address: str, ref: str, number: int, content: bytes, at: datetime) -> int:
    """Take in the next piece; return the number of pieces that are here. A piece that comes again is no error. Raises Refused."""
    with _link(code, address, at) as link:
        row = link.submitted.filter(ref=ref, state__in=HERE).first()
        if row is None:
            raise NotOpen
        if number < row.done:
            digest = sha256(content).hexdigest()
            if not row.pieces.filter(number=number, digest=digest).exists():
                raise Refused(ANOTHER)
            return row.done
        if number > row.done or len(content) != min(keeping.PIECE, row.size - number * keeping.PIECE):
            raise Refused(CUT)
        return _keep(row, link, content, at)


def send(*, code: str, address: str, kind: Kind, name: str, content: bytes, at: datetime) -> None:
    """Take in something small at once. Sent again, it is kept once. Raises Refused."""
    pieces = [content[at_ : at_ + keeping.PIECE] for at_ in range(0, len(content), keeping.PIECE)] or [b""]
    ref, done = begin(
        code=code, address=address, kind=kind, name=name, size=len(content), content=pieces[0], at=at
    )
    for number, piece in enumerate(pieces[done:], start=done):
        add_piece(code=code, address=address, ref=ref, number=number, content=piece, at=at)


def finish(*, code: str, address: str, at: datetime) -> None:
    """End a link, since the client has finished. Any other code changes nothing, and is answered alike."""
    with suppress(NotOpen), _link(code, address, at) as link:
        link.ended_at = at
        link.save(update_fields=["ended_at"])


def _keep(row: Submitted, link: SubmissionLink, content: bytes, at: datetime) -> int:
    number, whole = row.done, row.done + 1 == locks.parts(row.size)
    row.pieces.create(
        number=number,
        digest=sha256(content).hexdigest(),
        sealed=locks.lock(link, f"{row.ref} {number}", content),
    )
    row.done, row.whole_at = number + 1, at if whole else None
    row.state = State.WAITING if whole else State.ARRIVING
    row.save(update_fields=["done", "whole_at", "state"])
    return row.done


@contextmanager
def _link(code: str, address: str, at: datetime) -> Iterator[SubmissionLink]:
    """Wrap a change with the link of a code, locked. Raises NotOpen alike, whatever is wrong with the code."""
    ref = (
        _standing(at)
        .filter(digest__in=codes.digests(code, purpose=CODES))
        .values_list("ref", flat=True)
        .first()
        or ""
    )
    if not ref and not _counted(address, at):
        raise NotOpen
    try:
        with gate.change(actors.entrance("link"), Action.SEND_BY_LINK, SubmissionLink, ref, at=at) as link:
            if not _standing(at).filter(pk=link.pk).exists():  # it ended a moment ago
                raise NotOpen
            yield link
    except gate.NotFound:
        raise NotOpen from None


def _standing(at: datetime) -> QuerySet[SubmissionLink]:
    unsafe = Q(victim__arrangement__not_safe_since__isnull=False)
    return SubmissionLink.objects.filter(ended_at=None, until__gt=at).exclude(
        Q(victim__state=Case.CLOSED) | unsafe
    )


def _counted(address: str, at: datetime) -> bool:
    attempts = Attempts(at)
    return attempts.count("link", address, OF_AN_ADDRESS, within=WINDOW) and attempts.count(
        "link", "all", IN_ALL, within=WINDOW
    )
