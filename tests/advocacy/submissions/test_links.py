"""Links for clients: off until a client agreed, shown once, revocable; what came is looked at before it is evidence."""

import io
import random
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date, time, timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from tests.advocacy import factories
from tests.programme.reading import text

from desist.advocacy.contacts import commands as contacts
from desist.advocacy.contacts.states import Channel
from desist.advocacy.contacts.windows import Window
from desist.advocacy.evidence import chores as evidence
from desist.advocacy.evidence import commands as files
from desist.advocacy.evidence import keeping
from desist.advocacy.evidence.models import Original
from desist.advocacy.evidence.states import Came, Custody
from desist.advocacy.evidence.states import State as Kept
from desist.advocacy.pages.home import queries as home
from desist.advocacy.submissions import chores, commands, queries
from desist.advocacy.submissions.models import SubmissionLink, Submitted, SubmittedPiece
from desist.advocacy.submissions.sending import commands as sending
from desist.advocacy.submissions.states import CODES, TRANSITIONS, Kind, State
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.models import PersonKey
from desist.advocacy.vault.spelling import HoldsLocator
from desist.advocacy.victims.models import Victim
from desist.post import codes
from desist.references import typed
from desist.refusals import Refused
from desist.wall import gate
from desist.wall.actors import Actor, Role

pytestmark = pytest.mark.django_db

NOW = factories.NOW
TODAY = NOW.date()


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces of 64 bytes, so that a file of a test has several."""
    monkeypatch.setattr(keeping, "PIECE", 64)


def agree(actor: Actor, victim: Victim, channel: Channel = Channel.MEETING) -> None:
    commands.agree(actor=actor, ref=victim.ref, channel=channel, agreed_on=TODAY, at=NOW)


def make(actor: Actor, victim: Victim, number: str = "one", hours: int = 24) -> str:
    return commands.make(actor=actor, ref=victim.ref, hours=hours, submission=number, at=NOW)


def send(code: str, content: bytes, name: str = "Photo.jpg", at: Any = NOW) -> Submitted:
    sending.send(code=code, address="192.0.2.7", kind=Kind.FILE, name=name, content=content, at=at)
    return Submitted.objects.latest("pk")


def jpeg() -> bytes:
    made = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Camera of Sam"
    Image.new("RGB", (8, 8)).save(made, "JPEG", exif=exif)
    return made.getvalue()


def test_links_are_off_until_the_client_agreed_and_only_a_safe_way_can_be_named(
    actor: Actor, robin: Victim, browser_of_fable: Client
) -> None:
    with pytest.raises(Refused, match="record first"):
        make(actor, robin)
    page = browser_of_fable.get(reverse("submissions:client", args=[robin.ref]))
    assert "Off. A link lets them send" in text(page)
    assert "Make a link" not in text(page)
    asked = browser_of_fable.get(reverse("submissions:agree", args=[robin.ref])).content.decode()
    assert ("Meet in person" in asked, ">Text<" in asked) == (True, False)

    browser_of_fable.post(
        reverse("submissions:agree", args=[robin.ref]),
        {
            "channel": "meeting",
            "told": "on",
            **{f"agreed_on-{one}": str(getattr(TODAY, one)) for one in ("day", "month", "year")},
        },
    )
    assert make(actor, robin)


def test_a_link_is_made_from_an_hour_to_three_days_and_shown_once(
    actor: Actor, robin: Victim, browser_of_fable: Client
) -> None:
    agree(actor, robin)
    address = reverse("submissions:make", args=[robin.ref])

    made = browser_of_fable.post(address, {"hours": "72", "form_submission": "once"})
    shown = text(browser_of_fable.get(made["Location"]))
    again = text(browser_of_fable.get(made["Location"]))

    row = SubmissionLink.objects.get()
    assert row.until - row.made_at == timedelta(days=3)
    (code,) = re.findall(r"\b\w{4} \w{4} \w{4}\b", shown.split("To read out")[1])[:1]
    assert codes.digest(typed(code), purpose=CODES) == row.digest
    assert f"http://testserver/send/{typed(code)}/" in shown
    assert code not in again
    assert "cannot be shown again" in again
    too_long = browser_of_fable.post(address, {"hours": "73"})
    assert too_long.status_code == 422


def test_the_neutral_address_stands_on_the_link(
    actor: Actor, manager: Actor, robin: Victim, browser_of_fable: Client
) -> None:
    commands.name_page(
        actor=manager, title="Photo box", address="https://box.example/send", submission="one", at=NOW
    )
    agree(actor, robin)
    browser_of_fable.post(reverse("submissions:make", args=[robin.ref]), {"hours": "1"})
    shown = text(browser_of_fable.get(reverse("submissions:made", args=[robin.ref])))
    assert "https://box.example/send/" in shown
    assert "testserver" not in shown


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"title": "Desist uploads"}, "tells what the service does"),
        ({"title": "Help for victims"}, "tells what the service does"),
        ({"title": "Photos", "address": "https://harbour.example/send"}, "tells what the service does"),
        ({"title": "Photos", "address": "http://box.example/send"}, "Enter an address like"),
        ({"title": "Photos", "address": "box"}, "Enter an address like"),
        ({"title": ""}, "Enter name of the page"),
    ],
)
def test_the_page_has_no_name_that_tells(
    signed_in: Callable[..., Client], typed: dict[str, str], sentence: str
) -> None:
    page = signed_in(role=Role.ADVOCACY_MANAGER).post(reverse("submissions:page"), typed)
    assert page.status_code == 422
    assert sentence in text(page)


def test_a_manager_chooses_the_name_of_the_page(signed_in: Callable[..., Client]) -> None:
    manager = signed_in(role=Role.ADVOCACY_MANAGER)
    manager.post(reverse("submissions:page"), {"title": "Photo box", "address": "https://box.example/send/"})
    assert queries.outside() == queries.Outside("Photo box", "https://box.example/send")
    assert "Photo box" in manager.get(reverse("submissions:page")).content.decode()


def test_no_link_is_made_where_contact_is_not_safe_any_more(actor: Actor, robin: Victim) -> None:
    contacts.add_time(
        actor=actor, ref=robin.ref, window=Window(Channel.TEXT, (0, 1), time(9), time(12)), at=NOW
    )
    agree(actor, robin, Channel.TEXT)
    assert make(actor, robin, "one")
    contacts.end_time(actor=actor, time=robin.safe_times.get().ref, at=NOW)
    with pytest.raises(Refused, match="no longer recorded as safe"):
        make(actor, robin, "two")
    contacts.mark_not_safe(actor=actor, ref=robin.ref, at=NOW)
    with pytest.raises(Refused, match="not safe now"):
        make(actor, robin, "three")
    Victim.objects.filter(pk=robin.pk).update(state="closed", closed_at=NOW)
    for refused in (lambda: make(actor, robin, "four"), lambda: agree(actor, robin)):
        with pytest.raises(Refused, match="closed"):
            refused()


def test_a_newer_agreement_takes_the_place_of_the_one_before_and_twice_is_once(
    actor: Actor, robin: Victim
) -> None:
    contacts.add_time(
        actor=actor, ref=robin.ref, window=Window(Channel.TEXT, (0, 1), time(9), time(12)), at=NOW
    )
    for channel in (Channel.MEETING, Channel.MEETING, Channel.TEXT):
        agree(actor, robin, channel)
    assert [(one.channel, one.ended_by) for one in robin.submission_agreements.order_by("pk")] == [
        ("meeting", actor.who),
        ("text", ""),
    ]


def test_a_form_for_a_link_that_is_sent_twice_makes_one(actor: Actor, robin: Victim) -> None:
    agree(actor, robin)
    assert make(actor, robin)
    assert make(actor, robin) == ""
    assert SubmissionLink.objects.count() == 1


def test_a_link_is_revoked_and_links_are_turned_off_at_once(
    actor: Actor, robin: Victim, browser_of_fable: Client
) -> None:
    agree(actor, robin)
    first, second = make(actor, robin, "one"), make(actor, robin, "two")
    row = SubmissionLink.objects.get(digest=codes.digest(first, purpose=CODES))

    for _ in range(2):
        commands.revoke(actor=actor, ref=row.ref, at=NOW)
    sending.look(code=second, address="", at=NOW)
    commands.end(actor=actor, ref=robin.ref, at=NOW)

    for code in (first, second):
        with pytest.raises(sending.NotOpen):
            sending.look(code=code, address="", at=NOW)
    page = text(browser_of_fable.get(reverse("submissions:client", args=[robin.ref])))
    assert page.count("Revoked") == 2
    assert "Off. A link lets them send" in page


def test_buttons_revoke_and_turn_off(actor: Actor, robin: Victim, browser_of_fable: Client) -> None:
    link = factories.submission_link(victim=robin.ref, until=NOW + timedelta(days=4000))
    revoked = browser_of_fable.post(reverse("submissions:revoke", args=[link.ref]), follow=True)
    assert "nothing more can be sent with it" in text(revoked)
    off = browser_of_fable.post(reverse("submissions:end", args=[robin.ref]), follow=True)
    assert "No link of theirs works any more" in text(off)


def test_what_came_is_work_for_the_advocate_by_the_next_working_day(
    actor: Actor, robin: Victim, browser_of_fable: Client
) -> None:
    friday = NOW.replace(year=2026, month=3, day=6)
    link = factories.submission_link(
        victim=robin.ref, made_at=friday, until=friday + timedelta(days=3), code="aaaacccddddd"
    )
    for size in (5, 6):
        send("aaaacccddddd", b"x" * size, at=friday)

    (due,) = queries.due(actor=actor, at=friday)
    assert (due.victim, due.count, due.by) == (robin.ref, 2, date(2026, 3, 9))
    lines = [line for group in home.calls(actor=actor, at=friday).groups for line in group.lines]
    assert "look at what they sent: 2 things" in [line.words for line in lines]
    overview = text(browser_of_fable.get(reverse("victims:victim", args=[robin.ref])))
    assert "They sent 2 things" in overview
    assert link.submitted.count() == 2


def test_a_picture_is_shown_without_the_camera_s_data_and_accepted_with_its_custody(
    actor: Actor, robin: Victim, browser_of_fable: Client
) -> None:
    row = factories.submitted(victim=robin.ref, content=jpeg(), name="Gate.jpg")
    looked = browser_of_fable.get(reverse("submissions:one", args=[row.ref])).content.decode()
    drawn = browser_of_fable.get(reverse("submissions:picture", args=[row.ref]))
    saved = browser_of_fable.post(reverse("submissions:save", args=[row.ref]), {"part": "0"})

    assert "Gate.jpg" in looked
    assert reverse("submissions:picture", args=[row.ref]) in looked
    assert (drawn["Content-Type"], b"Camera of Sam" in drawn.content) == ("image/jpeg", False)
    assert saved.content == jpeg()

    answer = browser_of_fable.post(reverse("submissions:accept", args=[row.ref]))
    kept = Original.objects.get()
    assert answer["Location"] == reverse("evidence:file", args=[kept.ref])
    assert "Being taken over" in text(browser_of_fable.get(answer["Location"]))
    chores.go_on(at=NOW)
    evidence.go_on(at=NOW)

    kept.refresh_from_db()
    row.refresh_from_db()
    assert (kept.state, kept.came, kept.digest) == (Kept.KEPT, Came.LINK, sha256(jpeg()).hexdigest())
    assert b"".join(keeping.contents(vault.box(person=robin.ref), kept)) == jpeg()
    first = kept.custody.order_by("position").first()
    assert first is not None
    assert (first.action, first.by) == (Custody.ACCEPTED, actor.who)
    assert "by the link" in first.what
    assert "whole at" in first.what
    assert keeping.log_is_whole(kept)
    assert (row.state, row.pieces.count()) == (State.KEPT, 0)
    assert reverse("evidence:file", args=[kept.ref]) in text_of(browser_of_fable, row)


def text_of(browser: Client, row: Submitted) -> str:
    return browser.get(reverse("submissions:one", args=[row.ref])).content.decode()


@pytest.mark.parametrize("content", [b"Hello", b"\xff\xd8\xff cut off", b"\x89PNG\r\n\x1a\n cut off"])
def test_what_is_no_picture_is_not_drawn(robin: Victim, browser_of_fable: Client, content: bytes) -> None:
    row = factories.submitted(victim=robin.ref, content=content, name="Picture.jpg")
    drawn = browser_of_fable.get(reverse("submissions:picture", args=[row.ref]))
    assert drawn.status_code in {404, 422}
    assert "Save a copy to look at it" in text_of(browser_of_fable, row)


def test_words_are_read_on_the_page(robin: Victim, browser_of_fable: Client) -> None:
    factories.submission_link(victim=robin.ref, code="aaaacccddddd")
    sending.send(
        code="aaaacccddddd", address="", kind=Kind.WORDS, name="Words.txt", content=b"At nine.", at=NOW
    )
    assert "At nine." in text_of(browser_of_fable, Submitted.objects.get())


def test_what_is_set_aside_says_why_and_can_still_be_accepted(
    actor: Actor, robin: Victim, browser_of_fable: Client
) -> None:
    row = factories.submitted(victim=robin.ref)
    address = reverse("submissions:aside", args=[row.ref])
    empty = browser_of_fable.post(address, {"reason": ""})
    browser_of_fable.post(address, {"reason": "The same as before"})

    assert empty.status_code == 422
    assert "The same as before" in text(browser_of_fable.get(reverse("submissions:client", args=[robin.ref])))
    assert queries.due(actor=actor, at=NOW) == ()
    with pytest.raises(Refused, match="not here to be decided"):
        commands.set_aside(actor=actor, ref=row.ref, reason="Another reason", at=NOW)
    with pytest.raises(HoldsLocator):
        commands.set_aside(
            actor=actor, ref=factories.submitted(victim=robin.ref).ref, reason=factories.PHONE, at=NOW
        )
    assert commands.accept(actor=actor, ref=row.ref, at=NOW)


def test_what_has_not_arrived_whole_cannot_be_decided_about_nor_saved(actor: Actor, robin: Victim) -> None:
    row = factories.submitted(victim=robin.ref)
    Submitted.objects.filter(pk=row.pk).update(state=State.ARRIVING)
    with pytest.raises(Refused):
        commands.accept(actor=actor, ref=row.ref, at=NOW)
    with pytest.raises(Refused):
        queries.content(actor=actor, ref=row.ref, part=0, at=NOW)
    with pytest.raises(gate.NotFound):
        queries.picture(actor=actor, ref=row.ref, at=NOW)


@pytest.mark.usefixtures("small")
def test_a_large_file_is_taken_over_piece_by_piece_from_where_a_killed_worker_was(
    actor: Actor, robin: Victim, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = random.Random(1).randbytes(200)
    row = factories.submitted(victim=robin.ref, content=whole)
    own = commands.accept(actor=actor, ref=row.ref, at=NOW)
    assert commands.accept(actor=actor, ref=row.ref, at=NOW) == own
    assert commands._take_piece(row.ref, NOW)  # one piece; then the worker was killed

    assert (Original.objects.get().done, row.pieces.count()) == (1, 3)
    chores.go_on(at=NOW)
    chores.go_on(at=NOW)

    kept = Original.objects.get()
    assert (kept.state, kept.done, row.pieces.count()) == (Kept.LOOKING, 4, 0)
    assert b"".join(keeping.contents(vault.box(person=robin.ref), kept)) == whole
    assert not commands._take_piece(row.ref, NOW)


@pytest.mark.usefixtures("small")
def test_a_copy_of_a_large_file_is_saved_in_parts(
    robin: Victim, browser_of_fable: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "COPY", 2)
    row = factories.submitted(victim=robin.ref, content=bytes(200), name="Film.mp4")
    assert "Save part 2" in text_of(browser_of_fable, row)
    part = browser_of_fable.post(reverse("submissions:save", args=[row.ref]), {"part": "1"})
    assert (len(part.content), "Film.mp4.002" in part["Content-Disposition"]) == (72, True)
    none = browser_of_fable.post(reverse("submissions:save", args=[row.ref]), {"part": "2"})
    assert none.status_code == 422


def test_a_piece_that_cannot_be_opened_stays_and_the_page_says_so(
    actor: Actor, robin: Victim, browser_of_fable: Client
) -> None:
    row = factories.submitted(victim=robin.ref)
    row.pieces.update(sealed=b"changed")
    Submitted.objects.filter(pk=row.pk)
    assert "This cannot be opened" in text_of(browser_of_fable, row)

    commands.accept(actor=actor, ref=row.ref, at=NOW)
    chores.go_on(at=NOW)

    assert Original.objects.get().state == Kept.SPOILT
    assert SubmittedPiece.objects.count() == 1


def test_a_file_removed_while_it_is_taken_over_takes_the_rest_along(actor: Actor, robin: Victim) -> None:
    row = factories.submitted(victim=robin.ref)
    own = commands.accept(actor=actor, ref=row.ref, at=NOW)
    files.drop(actor=actor, ref=own, at=NOW)
    chores.go_on(at=NOW)
    evidence.go_on(at=NOW)

    row.refresh_from_db()
    assert (row.state, row.pieces.count(), Original.objects.get().state) == (State.KEPT, 0, Kept.DROPPED)


def test_with_the_client_s_key_everything_goes(
    actor: Actor, manager: Actor, robin: Victim, browser_of_fable: Client
) -> None:
    rows = [factories.submitted(victim=robin.ref, content=bytes([number])) for number in range(3)]
    commands.set_aside(actor=actor, ref=rows[1].ref, reason="Twice", at=NOW)
    commands.accept(actor=actor, ref=rows[2].ref, at=NOW)
    PersonKey.objects.filter(person=robin.ref).update(wrapped=b"", destroyed_at=NOW, destroyed_by="noor")
    page = text(browser_of_fable.get(reverse("submissions:client", args=[robin.ref])))
    assert page.count("Erased") >= 3
    assert "Erased" in text_of(browser_of_fable, rows[0])

    chores.go_on(at=NOW)

    assert not SubmittedPiece.objects.exists()
    assert {one.state for one in Submitted.objects.all()} == {State.ERASED}
    with pytest.raises(Refused):
        queries.content(actor=actor, ref=rows[0].ref, part=0, at=NOW)


STEPS = ("piece", "accept", "aside", "revoke", "finish", "work", "erase")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(STEPS), max_size=9))
def test_whatever_happens_in_any_order_only_what_the_table_allows_follows(
    small: None, actor: Actor, advocate: Any, steps: list[str]
) -> None:
    del small
    victim = factories.victim(advocate=advocate)
    code, whole = codes.fresh(), random.Random(2).randbytes(150)
    link = factories.submission_link(victim=victim.ref, code=code)
    here: dict[str, Any] = {"code": code, "address": "", "at": NOW}
    ref, _ = sending.begin(**here, kind=Kind.FILE, name="x", size=150, content=whole[:64])
    acts: dict[str, Callable[[], object]] = {
        "piece": lambda: sending.add_piece(
            **here,
            ref=ref,
            number=(done := Submitted.objects.get(ref=ref).done),
            content=whole[done * 64 : (done + 1) * 64],
        ),
        "accept": lambda: commands.accept(actor=actor, ref=ref, at=NOW),
        "aside": lambda: commands.set_aside(actor=actor, ref=ref, reason="Sent by mistake", at=NOW),
        "revoke": lambda: commands.revoke(actor=actor, ref=link.ref, at=NOW),
        "finish": lambda: sending.finish(**here),
        "work": lambda: chores.go_on(at=NOW),
        "erase": lambda: PersonKey.objects.filter(person=victim.ref).update(
            wrapped=b"", destroyed_at=NOW, destroyed_by="noor"
        ),
    }
    before = State.ARRIVING
    for step in steps:
        with suppress(Refused):
            acts[step]()
        row = Submitted.objects.get(ref=ref)
        now = State(row.state)
        assert now == before or now in TRANSITIONS[before], (step, before, now)
        assert (row.original is not None) == (now in {State.ACCEPTED, State.KEPT}) or now == State.ERASED
        if now in {State.WAITING, State.ASIDE}:
            assert row.pieces.count() == row.done == 3
        before = now
