"""Exhibits on their pages: chosen in the chronology, numbered, redacted, finished once, saved with the custody written."""

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests import staff
from tests.advocacy import factories
from tests.advocacy.evidence.test_reading import CHAT, bring, choose
from tests.advocacy.exhibits.test_making import SECRET, TOLD, begun, brought, every, finished, picture

from desist.advocacy.evidence import commands as evidence
from desist.advocacy.evidence.models import Original
from desist.advocacy.evidence.states import Custody
from desist.advocacy.exhibits import chores, commands, contents, queries
from desist.advocacy.exhibits.keeping import FILE
from desist.advocacy.exhibits.models import Exhibit, Redaction
from desist.advocacy.exhibits.states import State, Why
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.models import PersonKey
from desist.advocacy.vault.spelling import HoldsLocator
from desist.advocacy.victims.models import Victim
from desist.refusals import Changed, Refused
from desist.ui.tables import Cursor
from desist.wall import gate
from desist.wall.actors import Actor, Role

__all__ = ["bring"]

pytestmark = pytest.mark.django_db

NOW = factories.NOW
WORDS = {"initials": "FT", "caption": "Messages of March", "statement": "I am Fable. I produce this."}


@pytest.fixture
def kept(actor: Actor, bring: Any) -> Original:
    return choose(actor, bring(CHAT + TOLD))


def page(browser: Client, name: str, *args: Any, query: str = "") -> str:
    answer = browser.get(reverse(name, args=args) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_ticked_records_go_on_a_new_exhibit_and_more_on_the_same_one(
    browser_of_fable: Client, robin: Victim, kept: Original
) -> None:
    shown = page(browser_of_fable, "chronology:chronology", robin.ref)
    assert f'value="{kept.ref}.0"' in shown
    put = reverse("chronology:put", args=[robin.ref])
    ticked = f"{put}?which=ticked&row={kept.ref}.0&row={kept.ref}.1&row={kept.ref}.1"
    assert "2 records" in browser_of_fable.get(ticked).content.decode()

    answer = browser_of_fable.post(ticked, {"exhibit": "new", "form_submission": "new", **WORDS})

    row = Exhibit.objects.get()
    assert answer.headers["Location"] == reverse("exhibits:exhibit", args=[row.ref])
    assert (row.number, row.rows.count()) == ("FT/1", 2)
    more = f"{put}?which=ticked&row={kept.ref}.1&row={kept.ref}.2"
    assert "FT/1: Messages of March" in browser_of_fable.get(more).content.decode()
    browser_of_fable.post(more, {"exhibit": row.ref, "form_submission": "more"})
    assert row.rows.count() == 3
    shown = page(browser_of_fable, "exhibits:exhibit", row.ref)
    assert "I saw your light on, time 13-2" in shown
    assert "Messages of March" in page(browser_of_fable, "exhibits:exhibits", robin.ref)


def test_all_records_of_a_filter_and_a_period_go_on_at_once(
    browser_of_fable: Client, robin: Victim, kept: Original
) -> None:
    put = reverse("chronology:put", args=[robin.ref])

    assert "42 records" in page(browser_of_fable, "chronology:put", robin.ref, query="?which=all")
    person = f"{put}?which=all&side=person&since=2024-03&until=2024-03"
    browser_of_fable.post(person, {"exhibit": "new", "form_submission": "new", **WORDS})

    assert Exhibit.objects.get().rows.count() == 25
    late = "?which=all&until=2024-02"
    assert "No record is ticked" in page(browser_of_fable, "chronology:put", robin.ref, query=late)


def test_nothing_ticked_and_nonsense_are_said(
    browser_of_fable: Client, robin: Victim, kept: Original
) -> None:
    for query in ("", "?row=", "?row=x", f"?row={kept.ref}.{'9' * 12}"):
        assert "No record is ticked" in page(browser_of_fable, "chronology:put", robin.ref, query=query)
    lost = reverse("chronology:put", args=[robin.ref]) + f"?row={kept.ref}.4000"
    answer = browser_of_fable.post(lost, {"exhibit": "new", "form_submission": "n", **WORDS})
    assert answer.status_code == 404
    assert not Exhibit.objects.exists()


def test_more_than_an_exhibit_takes_is_refused_and_the_page_says_so(
    actor: Actor,
    browser_of_fable: Client,
    robin: Victim,
    kept: Original,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(contents, "MOST_ROWS", 3)
    monkeypatch.setattr("desist.advocacy.pages.chronology.queries.MOST_ROWS", 3)

    assert "An exhibit takes 5,000" in page(browser_of_fable, "chronology:put", robin.ref, query="?which=all")
    with pytest.raises(Refused, match="takes 5,000 rows"):
        begun(actor, robin, rows=every(kept))
    ref = begun(actor, robin, rows=every(kept)[:3])
    assert contents.put(actor=actor, ref=ref, rows=every(kept)[:3], at=NOW) == 0
    with pytest.raises(Refused, match="takes 5,000 rows"):
        contents.put(actor=actor, ref=ref, rows=every(kept)[:4], at=NOW)


def test_initials_have_a_number_of_their_own_for_each_client_and_are_letters(
    actor: Actor, browser_of_fable: Client, robin: Victim, advocate: Any
) -> None:
    other = factories.victim(advocate=advocate)

    refs = [
        begun(actor, robin, submission=f"{n}", initials=said) for n, said in enumerate(("ft", "jd", "FT"))
    ]
    refs.append(begun(actor, other, submission="other"))

    numbers = [Exhibit.objects.get(ref=ref).number for ref in refs]
    assert numbers == ["FT/1", "JD/1", "FT/2", "FT/1"]
    assert begun(actor, robin, submission="0", initials="ft") == refs[0]
    shown = page(browser_of_fable, "exhibits:exhibits", robin.ref)
    assert 'value="FT"' in shown
    assert "I am Fable Trelissick." in shown
    answer = browser_of_fable.post(
        reverse("exhibits:exhibits", args=[robin.ref]), WORDS | {"initials": "F4", "form_submission": "x"}
    )
    assert answer.status_code == 422
    assert "Enter initials of two to four letters" in answer.content.decode()


def test_a_caption_that_leads_to_the_client_is_refused(actor: Actor, robin: Victim) -> None:
    with pytest.raises(HoldsLocator):
        begun(actor, robin, caption=f"Messages at {factories.PHONE}")
    ref = begun(actor, robin)
    with pytest.raises(HoldsLocator):
        commands.write(
            actor=actor,
            ref=ref,
            caption="Messages",
            statement="From 12 Quayside Steps",
            version=1,
            at=NOW,
        )


def test_the_caption_and_the_statement_can_change_until_it_is_finished(
    actor: Actor, browser_of_fable: Client, robin: Victim, kept: Original
) -> None:
    ref = begun(actor, robin, rows=every(kept)[:2])
    address = reverse("exhibits:words", args=[ref])
    typed = {"caption": "Calls", "statement": "I am Fable.", "form_version": "1", "form_submission": "w"}

    assert browser_of_fable.post(address, typed).status_code == 302

    assert "Calls" in page(browser_of_fable, "exhibits:exhibit", ref)
    assert browser_of_fable.post(address, typed).status_code == 422
    finished(actor, ref)
    answer = browser_of_fable.post(address, typed | {"form_version": "3"})
    assert answer.status_code == 422
    assert "this exhibit is finished" in answer.content.decode()


def test_a_row_is_redacted_undone_and_taken_off(
    actor: Actor, browser_of_fable: Client, robin: Victim, kept: Original
) -> None:
    ref, (file, number) = begun(actor, robin, rows=every(kept)), every(kept)[40]
    address = reverse("exhibits:row", args=[ref, file, number])
    typed = {"what": "words", "words": "my sister Bea", "why": "others", "form_submission": "r1"}
    answer = browser_of_fable.post(address, typed)
    assert answer.status_code == 422
    assert "These words are not in this row" in answer.content.decode()

    assert browser_of_fable.post(address, typed | {"words": SECRET}).status_code == 302
    whole = {"what": "row", "words": "", "why": "legal", "form_submission": "r2"}
    first = reverse("exhibits:row", args=[ref, file, 0])
    assert browser_of_fable.post(first, whole).status_code == 302

    assert "I am with [redacted: others] now" in page(browser_of_fable, "exhibits:row", ref, file, number)
    assert "The whole row is redacted" in page(browser_of_fable, "exhibits:row", ref, file, 0)
    shown = page(browser_of_fable, "exhibits:exhibit", ref)
    assert "[redacted: legal]" in shown
    assert "time 13-0" not in shown
    one = Redaction.objects.exclude(words=b"").get()
    undo = reverse("exhibits:undo", args=[ref])
    browser_of_fable.post(undo, {"redaction": one.ref})
    browser_of_fable.post(undo, {})
    assert SECRET in page(browser_of_fable, "exhibits:row", ref, file, number)
    off = reverse("exhibits:take-off", args=[ref])
    browser_of_fable.post(off, {"file": file, "number": "0"})
    row = Exhibit.objects.get(ref=ref)
    assert (row.rows.count(), row.redactions.count()) == (41, 0)
    said = browser_of_fable.post(off, {"file": file}, follow=True).content.decode()
    assert "Nothing was taken off" in said
    assert browser_of_fable.get(first).status_code == 404


def test_a_row_with_contact_details_of_the_client_is_marked(
    actor: Actor, browser_of_fable: Client, robin: Victim, bring: Any
) -> None:
    row = choose(actor, bring(f"{CHAT}17/03/2024, 09:00 - Robin Example: Ring me on {factories.PHONE}\n"))
    ref = begun(actor, robin, rows=every(row))

    assert "Holds contact details" in page(browser_of_fable, "exhibits:exhibit", ref)
    assert "It holds contact details of this client" in page(
        browser_of_fable, "exhibits:row", ref, row.ref, 40
    )
    assert "contact details" not in page(browser_of_fable, "exhibits:row", ref, row.ref, 0)


def test_files_are_chosen_and_what_is_not_on_it_has_a_reason(
    actor: Actor, browser_of_fable: Client, robin: Victim, kept: Original
) -> None:
    photo = brought(actor, robin, "IMG_1.jpg", picture())
    ref = begun(actor, robin, rows=every(kept)[:2])
    files, unused = (reverse(f"exhibits:{name}", args=[ref]) for name in ("files", "unused"))
    asked = page(browser_of_fable, "exhibits:unused", ref)
    assert "IMG_1.jpg" in asked
    reasons = {f"{kept.ref}.0": "period", f"{photo}.-1": "wish", "form_submission": "u"}
    assert browser_of_fable.post(unused, reasons | {"form_version": "1"}).status_code == 302
    assert browser_of_fable.post(unused, reasons | {"form_version": "1"}).status_code == 422
    row = Exhibit.objects.get(ref=ref)
    said = {(one.file, one.conversation): one for one in queries.unused(row, vault.box(person=robin.ref))}
    assert [(one.reason, one.records) for one in said.values()] == [("period", 40), ("wish", 1)]
    browser_of_fable.post(unused, {f"{kept.ref}.0": "", f"{photo}.-1": "", "form_version": "2"})
    assert not row.reasons.exists()

    only_whole = browser_of_fable.post(files, {"whole": [photo], "form_version": "3", "form_submission": "f"})
    assert only_whole.status_code == 422
    assert "tick it above as well" in only_whole.content.decode()
    browser_of_fable.post(files, {"chosen": [photo], "whole": [photo], "form_version": "3"})
    assert row.rows.get(number=FILE).whole
    assert "as it came" in page(browser_of_fable, "exhibits:exhibit", ref)
    with pytest.raises(gate.NotFound):
        contents.say_unused(actor=actor, ref=ref, reasons={("nowhere", 0): "wish"}, version=4, at=NOW)


def test_the_transcript_of_a_recording_is_chosen_beside_it(
    actor: Actor, browser_of_fable: Client, robin: Victim
) -> None:
    ref, sound = begun(actor, robin), brought(actor, robin, "voicemail.mp3", b"ID3 voicemail")
    address = reverse("exhibits:files", args=[ref])
    assert "does the transcript go with it" not in browser_of_fable.get(address).content.decode()
    evidence.write_down(actor=actor, ref=sound, words="I see you", version=0, at=NOW)
    assert "does the transcript go with it" in browser_of_fable.get(address).content.decode()
    told = {"form_version": "1", "form_submission": "choice", "said": [sound]}

    alone = browser_of_fable.post(address, told)
    assert alone.status_code == 422
    assert "tick the recording above as well" in alone.content.decode()
    browser_of_fable.post(address, told | {"chosen": [sound]})

    assert Exhibit.objects.get(ref=ref).rows.get().said
    assert "with its transcript" in page(browser_of_fable, "exhibits:exhibit", ref)
    assert (
        f'value="{sound}" checked' in browser_of_fable.get(address).content.decode().partition("Of which")[2]
    )


def test_too_many_and_too_large_files_are_refused(
    actor: Actor, robin: Victim, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = brought(actor, robin, "IMG_1.jpg", picture())
    ref = begun(actor, robin)
    with monkeypatch.context() as patched:
        patched.setattr(contents, "MOST_FILES", 0)
        with pytest.raises(Refused, match="takes 400 files"):
            contents.put_files(actor=actor, ref=ref, refs=[photo], whole=[], version=1, at=NOW)
    contents.put_files(actor=actor, ref=ref, refs=[photo], whole=[], version=1, at=NOW)
    monkeypatch.setattr(commands, "MOST_BYTES", 10)
    with pytest.raises(Refused, match="larger than 1 GB"):
        commands.finish(actor=actor, ref=ref, version=2, at=NOW)


def test_an_empty_exhibit_is_not_finished(actor: Actor, robin: Victim) -> None:
    with pytest.raises(Refused, match="Nothing is on this exhibit yet"):
        commands.finish(actor=actor, ref=begun(actor, robin), version=1, at=NOW)


def test_two_people_at_once_finish_only_what_both_saw(actor: Actor, robin: Victim, kept: Original) -> None:
    ref = begun(actor, robin, rows=every(kept)[:2])
    contents.put(actor=actor, ref=ref, rows=every(kept)[2:3], at=NOW)

    with pytest.raises(Changed):
        commands.finish(actor=actor, ref=ref, version=1, at=NOW)
    commands.finish(actor=actor, ref=ref, version=2, at=NOW)
    commands.finish(actor=actor, ref=ref, version=2, at=NOW)

    place = every(kept)[0]
    redact: dict[str, Any] = {"words": "", "why": Why.LEGAL, "submission": "r"}
    for change in (
        lambda: contents.put(actor=actor, ref=ref, rows=every(kept), at=NOW),
        lambda: contents.take_off(actor=actor, ref=ref, place=place, at=NOW),
        lambda: contents.redact(actor=actor, ref=ref, place=place, at=NOW, **redact),
        lambda: contents.undo(actor=actor, ref=ref, redaction="x", at=NOW),
    ):
        with pytest.raises(Refused, match="is finished"):
            change()
    assert Exhibit.objects.get(ref=ref).rows.count() == 3


def test_it_is_finished_on_its_page_and_each_file_in_it_is_saved_under_a_neutral_name(
    actor: Actor, browser_of_fable: Client, robin: Victim, kept: Original
) -> None:
    ref = begun(actor, robin, rows=every(kept)[:60])
    finish, save = (reverse(f"exhibits:{name}", args=[ref]) for name in ("finish", "save"))
    assert "Messages of March 2024" in page(browser_of_fable, "exhibits:finish", ref)
    assert browser_of_fable.post(finish, {"form_version": "1", "form_submission": "f"}).status_code == 422
    browser_of_fable.post(finish, {"sure": "on", "form_version": "1", "form_submission": "f"})
    assert "Work on it begins" in page(browser_of_fable, "exhibits:exhibit", ref)
    with pytest.raises(Refused, match="not made yet"):
        commands.save(actor=actor, ref=ref, at=NOW)
    with pytest.raises(gate.NotFound):
        queries.content(actor=actor, ref=ref, what="", part=0, at=NOW)

    chores.go_on(at=NOW)

    shown = page(browser_of_fable, "exhibits:exhibit", ref)
    assert "To print (PDF), volume 1" in shown
    row = Exhibit.objects.get(ref=ref)
    assert row.digest in shown
    begins = {
        "": b"PK",
        "01.pdf": b"%PDF",
        "page.html": b"<!DOCTYPE",
        "table.csv": b"number",
        "case.jsonld": b"{",
    }
    named = []
    for what, sign in begins.items():
        answer = browser_of_fable.post(save, {"what": what} if what else {})
        assert answer.content.startswith(sign)
        assert answer.headers["Cache-Control"] == "no-store"
        named.append(answer.headers["Content-Disposition"].partition("filename=")[2].strip('"'))
    assert named == ["FT-1.zip", "FT-1-01.pdf", "FT-1-page.html", "FT-1-table.csv", "FT-1-case.jsonld"]
    assert browser_of_fable.post(save, {"what": "nothing.pdf"}).status_code == 404
    assert browser_of_fable.post(save, {"part": "7"}).status_code == 404
    log = kept.custody.order_by("position").values_list("action", "what")
    assert list(log)[-2:] == [(Custody.EXHIBITED, "exhibit FT/1"), (Custody.SAVED, "exhibit FT/1")]


def test_a_large_archive_is_saved_in_parts(
    actor: Actor, browser_of_fable: Client, robin: Victim, kept: Original, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("keeping", "archive"):
        monkeypatch.setattr(f"desist.advocacy.exhibits.{module}.PIECE", 8 * 1024)
    monkeypatch.setattr(queries, "COPY", 2)
    row = finished(actor, begun(actor, robin, rows=every(kept)))
    whole = b"".join(queries.pieces(row, vault.box(person=robin.ref)))

    parts = [
        queries.content(actor=actor, ref=row.ref, what="", part=part, at=NOW)
        for part in range(queries.copies(row))
    ]

    assert len(parts) > 2
    assert b"".join(content for _, content in parts) == whole
    assert [name for name, _ in parts][:2] == ["FT-1.zip.001", "FT-1.zip.002"]
    assert "Save part 2" in page(browser_of_fable, "exhibits:exhibit", row.ref)
    _, pdf = queries.content(actor=actor, ref=row.ref, what="01.pdf", part=0, at=NOW)
    assert pdf.rstrip().endswith(b"%%EOF")


def test_a_new_version_has_all_that_was_on_it_and_names_the_one_before(
    actor: Actor, browser_of_fable: Client, robin: Victim, kept: Original
) -> None:
    ref = begun(actor, robin, rows=every(kept))
    words: dict[str, Any] = {"place": every(kept)[40], "words": SECRET, "why": Why.OTHERS, "submission": "w"}
    contents.redact(actor=actor, ref=ref, at=NOW, **words)
    words |= {"words": "", "submission": "r"}
    contents.redact(actor=actor, ref=ref, at=NOW, **words)
    contents.say_unused(actor=actor, ref=ref, reasons={(kept.ref, 0): "same"}, version=3, at=NOW)
    with pytest.raises(Refused, match="Only of a finished exhibit"):
        commands.renew(actor=actor, ref=ref, at=NOW)
    before = finished(actor, ref)

    answer = browser_of_fable.post(reverse("exhibits:renew", args=[ref]))

    row = Exhibit.objects.get(before=before)
    assert answer.headers["Location"] == reverse("exhibits:exhibit", args=[row.ref])
    assert (row.number, row.state, row.rows.count()) == ("FT/2", State.OPEN, 42)
    assert (row.redactions.count(), row.reasons.count()) == (2, 1)
    assert commands.renew(actor=actor, ref=ref, at=NOW) == row.ref
    assert "FT/1" in page(browser_of_fable, "exhibits:exhibit", row.ref)
    assert "There is a newer version" in page(browser_of_fable, "exhibits:exhibit", ref)
    made = finished(actor, row.ref)
    _, table = queries.content(actor=actor, ref=made.ref, what="page.html", part=0, at=NOW)
    assert "This is a new version of exhibit FT/1" in table.decode()
    assert "Wren" not in table.decode()


def test_pages_of_many_rows_follow_one_another(
    actor: Actor, robin: Victim, kept: Original, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "PAGE", 20)
    ref = begun(actor, robin, rows=every(kept))

    def shown(after: str) -> Any:
        return queries.exhibit(actor=actor, ref=ref, cursor=Cursor(after=after), at=NOW)

    first, last, nonsense = shown(""), shown("40"), shown("x")
    assert (len(first.lines), first.paging.next, first.paging.previous) == (20, "20", "")
    assert (len(last.lines), last.paging.next, last.paging.previous) == (2, "", "20")
    assert nonsense.lines == first.lines


def test_under_a_destroyed_key_the_pages_say_that_it_is_erased(
    actor: Actor, browser_of_fable: Client, robin: Victim, kept: Original
) -> None:
    ref = begun(actor, robin, rows=every(kept)[:2])
    words: dict[str, Any] = {"place": every(kept)[0], "words": "", "why": Why.OTHERS, "submission": "w"}
    contents.redact(actor=actor, ref=ref, at=NOW, **words)
    made = finished(actor, ref)
    PersonKey.objects.update(wrapped=b"", destroyed_at=NOW, destroyed_by="carol")

    for name in ("exhibits:exhibit", "exhibits:unused"):
        assert "Erased" in page(browser_of_fable, name, ref) or name == "exhibits:unused"
    assert "Erased" in page(browser_of_fable, "exhibits:exhibits", robin.ref)
    assert list(queries.unused(made, None)) == []
    with pytest.raises(Refused, match="was destroyed"):
        queries.content(actor=actor, ref=ref, what="", part=0, at=NOW)


def test_rows_of_a_removed_export_are_shown_as_removed(
    actor: Actor, browser_of_fable: Client, robin: Victim, kept: Original
) -> None:
    ref = begun(actor, robin, rows=every(kept)[:2])
    evidence.drop(actor=actor, ref=kept.ref, at=NOW)

    assert "2 rows of an export" in page(browser_of_fable, "exhibits:exhibit", ref)


def test_another_advocate_finds_no_exhibit(actor: Actor, robin: Victim, kept: Original) -> None:
    ref = begun(actor, robin, rows=every(kept)[:2])
    other = factories.account(name="Bryn Newcomer")
    factories.advocate(account=other)
    stranger = Actor(who=other.ref, role=Role.ADVOCATE, area=factories.AREA, correlation=uuid.uuid4())
    browser = staff.browser(account=other, role=Role.ADVOCATE)

    assert browser.get(reverse("exhibits:exhibit", args=[ref])).status_code == 404
    for do in (
        lambda: commands.renew(actor=stranger, ref=ref, at=NOW),
        lambda: commands.save(actor=stranger, ref=ref, at=NOW),
        lambda: contents.put(actor=stranger, ref=ref, rows=[], at=NOW),
    ):
        with pytest.raises(gate.NotFound):
            do()


def test_material_without_a_time_is_listed_as_such(
    actor: Actor, browser_of_fable: Client, robin: Victim, kept: Original
) -> None:
    kept.records.exclude(number=0).update(at=None)

    asked = page(browser_of_fable, "exhibits:unused", begun(actor, robin, rows=every(kept)[:1]))

    assert "41 records without a time" in asked
    assert "No reason given" in asked


def test_an_archive_that_was_changed_is_told_and_never_saved(
    browser_of_fable: Client, actor: Actor, robin: Victim
) -> None:
    row = factories.finished_exhibit(victim=robin.ref)
    row.pieces.all().delete()

    shown = browser_of_fable.get(reverse("exhibits:exhibit", args=[row.ref])).content.decode()

    assert "cannot be opened" in shown
    assert "Save the whole archive" not in shown
    for what in ("", "page.html"):
        with pytest.raises(Refused, match="cannot be opened"):
            queries.content(actor=actor, ref=row.ref, what=what, part=0, at=NOW)
