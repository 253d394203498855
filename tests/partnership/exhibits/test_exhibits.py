"""An exhibit arrives with its report in pieces, whole or known not to be; it is copied with a log, and goes on recall."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.partnership import factories

from desist import custody
from desist.keys.sitekeys import UnknownKey
from desist.partnership.exhibits import chores, commands, keeping, queries
from desist.partnership.exhibits.models import Exhibit, ExhibitPiece
from desist.partnership.exhibits.states import TRANSITIONS, State
from desist.partnership.reports.models import Report
from desist.post import outbox, payloads
from desist.post.handlers import CannotHandle, Received
from desist.post.models import Partner
from desist.post.payloads_exhibits import MOST_BYTES, MOST_PIECES, PIECE, in_parts
from desist.referral import files
from desist.refusals import Refused
from desist.wall import actors
from desist.wall.actors import Actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys")]

NOW = factories.NOW
CONTENT = bytes(range(256)) * 5
PIECES = [CONTENT[start : start + 100] for start in range(0, len(CONTENT), 100)]
CAPTION = "PLANTED-CAPTION"


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[payloads.Payload]:
    """What this site sends, in its order: the payload alone."""
    kept: list[payloads.Payload] = []
    monkeypatch.setattr(outbox, "send", lambda payload, **_: kept.append(payload))
    return kept


@pytest.fixture
def report() -> Report:
    return factories.report()


def arrive(report: Report, payload: payloads.Payload, *, thread: str = "") -> None:
    side = report.side
    with transaction.atomic():
        handle = {
            payloads.EvidenceExhibit: commands.receive,
            payloads.ExhibitPiece: commands.take_piece,
            payloads.ExhibitRecall: commands.recall,
        }[type(payload)]
        handle(Received(payload, thread or side.thread, side.advocacy, NOW, actors.post()))


def offered(report: Report, **fields: Any) -> payloads.EvidenceExhibit:
    values: dict[str, Any] = {
        "report": report.token,
        "exhibit": "exhibit-1",
        "number": "JD/1",
        "caption": CAPTION,
        "digest": sha256(CONTENT).hexdigest(),
        "size": len(CONTENT),
        "pieces": len(PIECES),
        "formats": ("PDF", "HTML"),
        "sent_at": NOW - timedelta(minutes=1),
    }
    return payloads.EvidenceExhibit(**values | fields)


def piece(place: int, content: bytes | None = None) -> payloads.ExhibitPiece:
    content = PIECES[place] if content is None else content
    return payloads.ExhibitPiece("exhibit-1", place, sha256(content).hexdigest(), in_parts(content))


def recalled(report: Report, **fields: Any) -> payloads.ExhibitRecall:
    return replace(payloads.ExhibitRecall(report.token, "exhibit-1", "wrong", NOW), **fields)


def asked(said: list[payloads.Payload]) -> list[int]:
    """The places that the newest message asks for."""
    told = said[-1]
    assert isinstance(told, payloads.ExhibitReceipt)
    return [int(place) for place in told.places]


def whole(report: Report) -> Exhibit:
    """An exhibit of which every piece arrived, as it was asked for, and which the clock compared."""
    arrive(report, offered(report))
    for place in range(len(PIECES)):
        arrive(report, piece(place))
    chores.go_on(at=NOW)
    return Exhibit.objects.get()


def test_it_asks_for_a_few_pieces_at_a_time_until_the_whole_is_here(
    report: Report, said: list[payloads.Payload]
) -> None:
    arrive(report, offered(report))

    rounds = []
    while asked(said):
        rounds.append(asked(said))
        for place in asked(said):
            arrive(report, piece(place))
        if len(said) == len(rounds):
            break
    chores.go_on(at=NOW)
    chores.go_on(at=NOW)

    row = Exhibit.objects.get()
    assert [len(one) for one in rounds] == [8, 5]
    assert (row.state, row.report, row.here) == (State.WHOLE, report, len(PIECES))
    assert b"".join(keeping.contents(row)) == CONTENT
    assert custody.is_whole(row)
    assert [one.action for one in row.custody.order_by("position")] == ["sent", "offered", "whole"]
    assert {one.sha256 for one in row.custody.all()} == {sha256(CONTENT).hexdigest()}
    told = [one for one in said if isinstance(one, payloads.ExhibitReceipt)]
    assert [(one.outcome, one.here) for one in told] == [("missing", 0), ("missing", 8), ("whole", 13)]


ORDERS = st.lists(st.integers(0, len(PIECES) - 1), max_size=30)


@given(ORDERS, st.sets(st.integers(0, len(PIECES) - 1)), st.integers(0, 40))
@settings(max_examples=25, deadline=None)
def test_in_any_order_twice_and_with_losses_it_becomes_whole_once_or_is_recalled(
    order: list[int], lost: set[int], stop: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        said: list[payloads.Payload] = []
        patch.setattr(outbox, "send", lambda payload, **_: said.append(payload))
        report = factories.report()
        named: dict[str, Any] = {"exhibit": f"exhibit of {report.token}"}
        arrive(report, offered(report, **named))
        for step, place in enumerate(order):
            if step == stop:
                arrive(report, recalled(report, **named))
            if place not in lost:
                arrive(report, replace(piece(place), **named))
        row = Exhibit.objects.get(report=report)
        for _ in range(len(PIECES)):  # the clock asks for what was lost
            chores.go_on(at=NOW + commands.PATIENCE)
            row.refresh_from_db()
            for place in row.asked:
                arrive(report, replace(piece(place), **named))
        chores.go_on(at=NOW)

        row.refresh_from_db()
        if stop < len(order):
            assert (row.state, row.pieces.count()) == (State.RECALLED, 0)
            assert len([one for one in said if isinstance(one, payloads.ExhibitRecalled)]) == 1
        else:
            assert (row.state, row.here, row.pieces.count()) == (State.WHOLE, len(PIECES), len(PIECES))
            assert b"".join(keeping.contents(row)) == CONTENT
        assert custody.is_whole(row)


def test_what_did_not_come_is_asked_for_again_by_the_clock_and_by_an_officer(
    report: Report, said: list[payloads.Payload], officer: Client
) -> None:
    arrive(report, offered(report))
    row = Exhibit.objects.get()
    arrive(report, piece(1))
    before = len(said)

    chores.go_on(at=NOW + commands.PATIENCE - timedelta(seconds=1))
    assert len(said) == before
    chores.go_on(at=NOW + commands.PATIENCE)
    assert asked(said) == [0, 2, 3, 4, 5, 6, 7, 8]

    page = officer.post(reverse("exhibits:ask", args=[row.ref]), follow=True)
    assert "was asked for the missing pieces" in words(page)
    assert "1 of 13 pieces are here" in words(page)


def test_two_clicks_ask_once_and_nothing_is_asked_of_what_is_whole(
    report: Report, said: list[payloads.Payload], actor: Actor
) -> None:
    row = whole(report)

    with pytest.raises(Refused, match="Nothing is missing"):
        commands.ask_again(actor=actor, ref=row.ref, at=NOW)

    other = factories.report()
    arrive(other, replace(offered(other), exhibit="exhibit-2"))
    ref = Exhibit.objects.get(token="exhibit-2").ref
    before = len(said)
    for seconds in (30, 31, 32):
        commands.ask_again(actor=actor, ref=ref, at=NOW + timedelta(seconds=seconds))
    assert len(said) == before + 1


def test_a_carried_file_brings_more_pieces_in_one_round(report: Report, said: list[payloads.Payload]) -> None:
    Partner.objects.filter(name=report.side.advocacy).update(transport="file", keys="{}")

    arrive(report, offered(report))

    assert asked(said) == list(range(len(PIECES)))


def test_another_hash_is_told_and_no_copy_can_be_saved(
    report: Report, said: list[payloads.Payload], officer: Client, actor: Actor
) -> None:
    arrive(report, offered(report, digest="0" * 64))
    for place in range(len(PIECES)):
        arrive(report, piece(place))
    chores.go_on(at=NOW)

    row, told = Exhibit.objects.get(), said[-1]
    assert isinstance(told, payloads.ExhibitReceipt)
    assert (row.state, told.outcome) == (State.DIFFERS, "differs")
    assert "This is not what was sent" in words(officer.get(reverse("exhibits:exhibit", args=[row.ref])))
    with pytest.raises(Refused, match="not here as it was sent"):
        commands.save(actor=actor, ref=row.ref, part=0, at=NOW)


def to_do(browser: Client) -> str:
    return words(browser.get("/")).split('id="main-content"')[1]


def recorded(report: Report) -> None:
    """The report has its crime reference, and is in no list of what waits."""
    known = {"crime_reference": "45/1/26", "recorded_by": "carol", "recorded_at": NOW, "empties_at": NOW}
    Report.objects.filter(pk=report.pk).update(state="recorded", **known)


def test_what_came_with_a_recorded_report_waits_in_to_do_until_a_copy_is_saved(
    report: Report, said: list[payloads.Payload], officer: Client, actor: Actor
) -> None:
    row = whole(report)
    assert "Save exhibit" not in to_do(officer)  # the report itself waits for its crime reference
    recorded(report)

    assert "Save exhibit JD/1 of Harbour Advocacy for the crime system, crime 45/1/26" in to_do(officer)
    assert reverse("exhibits:exhibit", args=[row.ref]) in to_do(officer)
    commands.save(actor=actor, ref=row.ref, part=0, at=NOW)
    assert "Save exhibit" not in to_do(officer)


def test_one_that_is_not_what_was_sent_waits_in_to_do_until_it_is_recalled(
    report: Report, said: list[payloads.Payload], officer: Client
) -> None:
    recorded(report)
    arrive(report, offered(report, digest="0" * 64))
    for place in range(len(PIECES)):
        arrive(report, piece(place))
    assert "exhibit JD/1" not in to_do(officer)
    chores.go_on(at=NOW)

    assert "exhibit JD/1 is not what was sent" in to_do(officer)
    arrive(report, recalled(report))
    assert "exhibit JD/1" not in to_do(officer)


def test_a_piece_that_was_changed_here_is_found_when_the_whole_is_hashed(
    report: Report, said: list[payloads.Payload]
) -> None:
    arrive(report, offered(report))
    for place in range(len(PIECES)):
        arrive(report, piece(place))
    first = ExhibitPiece.objects.order_by("number").first()
    assert first is not None
    ExhibitPiece.objects.filter(pk=first.pk).update(sealed=bytes(first.sealed)[:-1] + b"x")

    chores.go_on(at=NOW)

    assert Exhibit.objects.get().state == State.DIFFERS


def test_without_its_key_it_waits_and_its_page_says_so(
    report: Report, said: list[payloads.Payload], monkeypatch: pytest.MonkeyPatch, officer: Client
) -> None:
    arrive(report, offered(report))
    for place in range(len(PIECES)):
        arrive(report, piece(place))

    with monkeypatch.context() as patch:

        def gone(**_: object) -> Iterator[bytes]:
            raise UnknownKey("gone")

        patch.setattr(files, "unlock", gone)
        chores.go_on(at=NOW)
        row = Exhibit.objects.get()
        page = words(officer.get(reverse("exhibits:exhibit", args=[row.ref])))

    assert row.state == State.CHECKING
    assert "Every piece is here" in page
    assert CAPTION not in page
    chores.go_on(at=NOW)
    row.refresh_from_db()
    assert row.state == State.WHOLE


@pytest.mark.parametrize("fields", [{"size": MOST_BYTES + 1}, {"pieces": MOST_PIECES + 1, "size": 10_000}])
def test_one_that_is_too_large_is_not_taken_in_and_the_sender_hears_it(
    fields: dict[str, int], report: Report, said: list[payloads.Payload], officer: Client
) -> None:
    arrive(report, offered(report, **fields))
    arrive(report, piece(0))

    told, row = said[-1], Exhibit.objects.get()
    assert isinstance(told, payloads.ExhibitReceipt)
    assert (told.outcome, told.places) == ("too_large", ())
    assert (row.state, row.pieces.count()) == (State.TOO_LARGE, 0)
    assert "too large to be sent here" in words(officer.get(reverse("exhibits:exhibit", args=[row.ref])))


@pytest.mark.parametrize("fields", [{"digest": "x"}, {"size": 0}, {"pieces": 0}, {"pieces": 9_999}])
def test_sizes_and_hashes_that_are_none_are_refused(
    fields: dict[str, Any], report: Report, said: list[payloads.Payload]
) -> None:
    with pytest.raises(CannotHandle, match="send it again"):
        arrive(report, offered(report, **fields))


def test_a_broken_piece_and_one_out_of_place_are_refused_and_asked_for_again(
    report: Report, said: list[payloads.Payload]
) -> None:
    arrive(report, offered(report))

    for broken in (
        replace(piece(0), content=("!",)),
        replace(piece(0), digest="0" * 64),
        replace(piece(0), place=len(PIECES)),
        replace(piece(0), place=-1),
        piece(0, b"x" * (PIECE + 1)),
    ):
        with pytest.raises(CannotHandle):
            arrive(report, broken)

    chores.go_on(at=NOW + commands.PATIENCE)
    assert asked(said) == list(range(8))


def test_what_overtakes_its_report_or_its_first_message_waits(
    report: Report, said: list[payloads.Payload]
) -> None:
    with pytest.raises(commands.UnknownReport):
        arrive(report, replace(offered(report), report="another"))
    with pytest.raises(commands.UnknownExhibit):
        arrive(report, piece(0))
    with pytest.raises(commands.UnknownReport):
        arrive(report, offered(report), thread="of another client")
    arrive(report, offered(report))
    with pytest.raises(commands.UnknownExhibit):
        arrive(report, piece(0), thread="of another client")


def test_a_recall_deletes_words_and_bytes_and_keeps_row_and_log(
    report: Report, said: list[payloads.Payload], officer: Client
) -> None:
    row = whole(report)
    assert officer.post(reverse("exhibits:save", args=[row.ref]), {"part": "0"}).content == CONTENT

    arrive(report, recalled(report))
    arrive(report, recalled(report))
    arrive(report, piece(0))
    arrive(report, offered(report))

    row.refresh_from_db()
    told = [one for one in said if isinstance(one, payloads.ExhibitRecalled)]
    assert (row.state, row.pieces.count(), bytes(row.caption)) == (State.RECALLED, 0, b"")
    assert [(one.exhibit, one.saved) for one in told] == [("exhibit-1", 1)]
    assert custody.is_whole(row)
    page = words(officer.get(reverse("exhibits:exhibit", args=[row.ref])))
    assert "Delete the copies that were saved of it too" in page
    assert "A copy was saved, part 1 of 1" in page
    assert CAPTION not in page
    assert officer.post(reverse("exhibits:save", args=[row.ref]), {"part": "0"}).status_code != 200


def test_a_recall_that_overtakes_the_exhibit_leaves_nothing_of_it(
    report: Report, said: list[payloads.Payload], officer: Client
) -> None:
    arrive(report, recalled(report))
    arrive(report, offered(report))
    arrive(report, piece(0))

    row = Exhibit.objects.get()
    assert (row.state, row.pieces.count(), row.number) == (State.RECALLED, 0, "")
    assert [type(one) for one in said] == [payloads.ExhibitRecalled]
    assert "Recalled" in words(officer.get(reverse("exhibits:exhibit", args=[row.ref])))


def test_a_recall_while_the_whole_is_hashed_holds(
    report: Report, said: list[payloads.Payload], monkeypatch: pytest.MonkeyPatch
) -> None:
    arrive(report, offered(report))
    for place in range(len(PIECES)):
        arrive(report, piece(place))
    really = keeping.is_what_was_sent

    def meanwhile(row: Exhibit) -> bool:
        same = really(row)
        arrive(report, recalled(report))
        return same

    monkeypatch.setattr(keeping, "is_what_was_sent", meanwhile)
    chores.go_on(at=NOW)

    assert Exhibit.objects.get().state == State.RECALLED


def test_a_recall_without_a_reason_of_the_list_is_refused(
    report: Report, said: list[payloads.Payload]
) -> None:
    with pytest.raises(CannotHandle, match="in no list here"):
        arrive(report, recalled(report, reason="because"))


def test_a_recall_before_the_clock_asks_again_ends_the_asking(
    report: Report, said: list[payloads.Payload]
) -> None:
    arrive(report, offered(report))
    arrive(report, recalled(report))
    before = len(said)

    chores.go_on(at=NOW + 2 * commands.PATIENCE)

    assert len(said) == before


def test_the_page_shows_hash_log_and_looks_and_a_copy_is_logged_once_for_two_clicks(
    report: Report, said: list[payloads.Payload], officer: Client, actor: Actor
) -> None:
    row = whole(report)
    page = reverse("exhibits:exhibit", args=[row.ref])

    officer.get(page)
    shown = words(officer.get(page))
    for _ in range(2):
        answer = officer.post(reverse("exhibits:save", args=[row.ref]), {"part": "0"})

    assert f"JD/1: {CAPTION}" in shown
    assert sha256(CONTENT).hexdigest() in shown
    assert "PDF, HTML" in shown
    assert "Sent by the advocacy service, 1,280 bytes" in shown
    assert "Who opened this page" in shown
    assert answer.content == CONTENT
    assert answer["Content-Disposition"] == f'attachment; filename="exhibit-{row.ref}.zip"'
    assert row.custody.filter(action="saved").count() == 1
    assert custody.is_whole(row)
    with pytest.raises(Refused, match="no such part"):
        commands.save(actor=actor, ref=row.ref, part=1, at=NOW)


def test_a_large_one_is_saved_in_parts(
    report: Report,
    said: list[payloads.Payload],
    officer: Client,
    actor: Actor,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(keeping, "COPY", 5)
    row = whole(report)

    page = words(officer.get(reverse("exhibits:exhibit", args=[row.ref])))
    parts = [officer.post(reverse("exhibits:save", args=[row.ref]), {"part": str(part)}) for part in range(3)]

    assert "Save part 3" in page
    assert b"".join(one.content for one in parts) == CONTENT
    assert parts[2]["Content-Disposition"].endswith('.zip.003"')
    assert row.custody.filter(action="saved").count() == 3


def test_bytes_that_cannot_be_unlocked_are_not_given_out(
    report: Report, said: list[payloads.Payload], actor: Actor
) -> None:
    row = whole(report)
    ExhibitPiece.objects.filter(number=3).delete()

    with pytest.raises(Refused, match="cannot be unlocked here"):
        queries.content(actor=actor, ref=row.ref, part=0, at=NOW)


def test_an_entry_of_the_log_that_was_altered_is_found(
    report: Report, said: list[payloads.Payload], officer: Client
) -> None:
    row = whole(report)
    row.custody.create(position=9, at=NOW, by="", action="saved", what="nothing", previous="", link="")

    assert "An entry of this log was altered" in words(
        officer.get(reverse("exhibits:exhibit", args=[row.ref]))
    )


def test_it_stands_on_the_report_and_lies_locked(
    report: Report, said: list[payloads.Payload], officer: Client
) -> None:
    row = whole(report)

    page = words(officer.get(reverse("reports:report", args=[report.ref])))

    assert "Exhibit JD/1" in page
    assert "arrived whole" in page
    with connection.cursor() as cursor:
        held = ""
        for name in ("partnership_exhibit", "partnership_exhibitpiece", "partnership_exhibitcustody"):
            cursor.execute(f'SELECT t::text FROM "{name}" t')
            held += str(cursor.fetchall())
    assert CAPTION not in held
    assert CAPTION.encode().hex() not in held
    assert PIECES[1].hex() not in held
    assert row.ref in held


def test_the_clock_leaves_alone_what_was_recalled_or_asked_for_meanwhile(
    report: Report, said: list[payloads.Payload]
) -> None:
    arrive(report, offered(report))
    ref, before = Exhibit.objects.get().ref, len(said)

    commands.chase(actor=actors.clock(), ref=ref, at=NOW)
    arrive(report, recalled(report))
    commands.chase(actor=actors.clock(), ref=ref, at=NOW + commands.PATIENCE)

    assert len(said) == before + 1


def test_the_page_of_the_person_shows_it_with_the_report(
    report: Report, said: list[payloads.Payload], officer: Client
) -> None:
    whole(report)
    person = factories.referral(pair=report.side.pair)

    page = words(officer.get(reverse("people:person", args=[person.ref])))

    assert "Exhibit JD/1</a>: arrived whole" in page


def test_an_officer_of_another_area_finds_nothing(
    report: Report, said: list[payloads.Payload], signed_in: Any
) -> None:
    row = whole(report)
    elsewhere = signed_in(area="far-away")

    for name in ("exhibit", "save", "ask"):
        page = reverse(f"exhibits:{name}", args=[row.ref])
        answer = elsewhere.get(page) if name == "exhibit" else elsewhere.post(page)
        assert answer.status_code == 404


def test_every_state_can_only_go_on_and_a_recalled_one_stays() -> None:
    assert TRANSITIONS[State.RECALLED] == ()
    assert all(
        State.RECALLED in following for state, following in TRANSITIONS.items() if state != State.RECALLED
    )
