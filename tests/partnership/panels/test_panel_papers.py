"""Papers and minutes: exact copies by two people, one side for each reader, numbered copies, and a guest's link."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests import staff
from tests.partnership import factories as police
from tests.partnership.panels import factories
from tests.partnership.panels.conftest import Panel
from tests.programme.reading import text

from desist.partnership.panels.models import PanelItem, PanelLink, PanelMeeting, PanelPaper
from desist.partnership.panels.states import AGREED, Sort
from desist.wall.actors import Role
from desist.wall.models import Restriction

pytestmark = pytest.mark.django_db

WORDS = "He was asked to leave his flat by Friday."


def write(panel: Panel, by: Client | None = None, **changes: object) -> Any:
    form = {
        "sort": "paper",
        "side": "programme",
        "agencies": [panel.debt.ref],
        "purpose": "safety",
        "words": WORDS,
        **changes,
    }
    return (by or panel.merle).post(f"/panel-papers/about/{panel.item.ref}/write/", form, follow=True)


def release(panel: Panel, *papers: PanelPaper, by: Client | None = None) -> Any:
    chosen = [one.ref for one in papers or PanelPaper.objects.filter(state="written")]
    address = f"/panel-papers/about/{panel.item.ref}/release/"
    return (by or panel.hollis).post(address, {"papers": chosen}, follow=True)


def reads(client: Client, panel: Panel) -> str:
    """What an agency's colleague reads of the meeting, with the words of every paper."""
    page = client.get(f"/our-panels/{panel.meeting.ref}/")
    links = re.findall(r"/our-panels/papers/\w+/", page.content.decode())
    return text(page) + "".join(text(client.get(one)) for one in links)


def test_a_paper_is_read_once_a_second_person_released_it_and_by_its_agency_alone(panel: Panel) -> None:
    write(panel)
    before = reads(panel.wren, panel)
    page = release(panel)

    assert "&lt;span" not in page.content.decode()
    assert WORDS not in before
    assert "Released" in text(page)
    assert WORDS in reads(panel.wren, panel)
    assert "Robin Outerwood" in reads(panel.wren, panel)
    assert WORDS not in reads(panel.sorrel, panel)
    assert panel.sorrel.get(f"/our-panels/papers/{PanelPaper.objects.get().ref}/").status_code == 404


def test_the_writer_does_not_release_it(panel: Panel) -> None:
    write(panel)

    page = release(panel, by=panel.merle)

    assert "Another person must release this" in text(page)
    assert PanelPaper.objects.get().state == "written"


def test_an_agency_is_given_only_what_its_agreement_covers(panel: Panel) -> None:
    page = write(panel, purpose="place")

    assert "Not given to Harbour Debt Advice" in text(page)
    assert not PanelPaper.objects.exists()


def test_nothing_is_released_once_the_agreement_ended(panel: Panel) -> None:
    write(panel)
    panel.debt.agreement = ""
    panel.debt.save()

    page = release(panel)

    assert "its sharing agreement has ended" in text(page)
    assert PanelPaper.objects.get().state == "written"


def test_words_that_lead_to_someone_are_asked_about(panel: Panel) -> None:
    page = write(panel, words="She lives at 12 Quarry Lane now.")

    assert page.status_code == 422
    assert "looks like an address" in text(page)
    assert not PanelPaper.objects.exists()


def test_a_paper_about_the_victims_side_names_nobody_over_it_and_one_side_never_meets_the_other(
    panel: Panel,
) -> None:
    write(panel, side="advocacy", agencies=[panel.debt.ref, panel.housing.ref], words="Change the locks.")
    write(panel)
    release(panel)

    assert "Change the locks" not in reads(panel.wren, panel)
    theirs = reads(panel.sorrel, panel)
    assert "Change the locks" in theirs
    assert "Outerwood" not in theirs
    assert WORDS not in theirs


def test_a_reader_holds_both_sides_only_when_two_people_named_them(panel: Panel) -> None:
    write(panel, side="advocacy", words="Change the locks.")
    release(panel)
    address = f"/panels/{panel.meeting.ref}/reader/"
    panel.merle.post(address, {"account": panel.reader.ref, "why": "Nobody else works there"})
    named = panel.meeting.readers.get()
    alone = reads(panel.wren, panel)
    own = panel.merle.post(f"{address}{named.ref}/agree/", follow=True)
    panel.hollis.post(f"{address}{named.ref}/agree/")
    both = reads(panel.wren, panel)
    panel.hollis.post(f"{address}{named.ref}/end/")

    assert "Change the locks" not in alone
    assert "Another person must agree" in text(own)
    assert "&lt;span" not in own.content.decode()
    assert "Change the locks" in both
    assert "Change the locks" not in reads(panel.wren, panel)


def test_an_account_of_both_sides_reads_the_persons_side_unless_named(panel: Panel) -> None:
    panel.debt.members.update(side="both")
    write(panel, side="advocacy", words="Change the locks.")
    write(panel)
    release(panel)

    assert WORDS in reads(panel.wren, panel)
    assert "Change the locks" not in reads(panel.wren, panel)


def test_a_recalled_paper_says_so_and_its_words_are_gone(panel: Panel) -> None:
    write(panel)
    release(panel)
    row = PanelPaper.objects.get()

    panel.hollis.post(f"/panel-papers/about/{panel.item.ref}/end/{row.ref}/")

    assert "This was recalled" in reads(panel.wren, panel)
    assert WORDS not in reads(panel.wren, panel)
    row.refresh_from_db()
    assert not row.sealed_words


def test_words_lie_locked_in_the_database(panel: Panel) -> None:
    write(panel)

    assert WORDS.encode() not in bytes(PanelPaper.objects.get().sealed_words)


def held(panel: Panel) -> None:
    """The meeting is held today."""
    PanelMeeting.objects.update(on=timezone.localdate())


@pytest.mark.parametrize("sort", AGREED)
def test_what_a_meeting_agreed_waits_for_the_day_and_for_the_signature_of_the_chair(
    panel: Panel, sort: Sort
) -> None:
    early = write(panel, sort=sort.value)
    held(panel)
    write(panel, sort=sort.value)
    unsigned = release(panel)
    other = panel.hollis.post(f"/panel-papers/about/{panel.item.ref}/sign/", follow=True)
    panel.merle.post(f"/panel-papers/about/{panel.item.ref}/sign/")
    release(panel)

    assert "has not been held yet" in text(early)
    assert "The chair has not signed this yet" in text(unsigned)
    assert "Only the chair of this meeting signs" in text(other)
    assert WORDS in reads(panel.wren, panel)


def test_minutes_that_change_after_release_are_a_new_version_and_the_agency_sees_it(panel: Panel) -> None:
    held(panel)
    for words in ("Agreed: ring him.", "Agreed: visit him."):
        write(panel, sort="minutes", words=words, form_submission=words)
        panel.merle.post(f"/panel-papers/about/{panel.item.ref}/sign/")
        release(panel)

    theirs = reads(panel.wren, panel)
    assert "This is version 2, changed on" in theirs
    assert "Agreed: visit him." in theirs
    assert "Agreed: ring him." not in theirs
    assert list(PanelPaper.objects.order_by("number").values_list("number", "state")) == [
        (1, "replaced"),
        (2, "released"),
    ]


def copy(panel: Panel, **changes: object) -> Any:
    form = {"agency": panel.debt.ref, "reader": "Wren Copplestick", "side": "programme", **changes}
    return panel.merle.post(f"/panel-papers/pack/{panel.meeting.ref}/", form, follow=True)


def test_each_reader_has_a_numbered_copy_with_one_side(panel: Panel) -> None:
    factories.paper(item=panel.item, agency=panel.debt)
    factories.paper(item=panel.item, agency=panel.debt, side="advocacy", words="Change the locks.")

    copy(panel)
    page = copy(panel, reader="Ada Fenn", form_submission="second")
    both = copy(panel, side="advocacy", form_submission="third")

    assert "Open copy 2 (PDF)" in text(page)
    assert "Copy 1 for Wren Copplestick has the other side" in text(both)
    made = panel.meeting.copies.get(number=1)
    file = panel.merle.get(f"/panel-papers/copy/{made.ref}/")
    assert file.content.startswith(b"%PDF")
    assert file["Content-Disposition"] == 'attachment; filename="copy-1.pdf"'


def test_nothing_is_printed_for_an_agency_to_which_nothing_was_released(panel: Panel) -> None:
    factories.paper(item=panel.item, agency=panel.debt, state="written")

    assert "there is nothing to print" in text(copy(panel))


def guest(panel: Panel) -> tuple[str, str]:
    """The address and the code of a link for a guest."""
    made = factories.paper(item=panel.item, words="Read this.")
    page = panel.merle.post(
        f"/panel-papers/{made.ref}/link/", {"form_submission": f"link of {made.ref}"}, follow=True
    )
    address = re.search(r"(/guest/[\w-]+/)<", page.content.decode())
    code = re.search(r"<code>([A-Z0-9]{4} [A-Z0-9]{4})<", page.content.decode())
    assert address
    assert code
    again = text(panel.merle.get(f"/panel-papers/{made.ref}/link/made/"))
    assert "were shown once" in again
    return address[1], code[1]


def test_a_guest_reads_one_paper_once_with_the_link_and_the_code(panel: Panel) -> None:
    address, code = guest(panel)
    anybody = Client()

    without = anybody.get(address)
    wrong = anybody.post(address, {"code": "AAAA AAAA"})
    right = anybody.post(address, {"code": code.lower()})
    PanelLink.objects.update(opened_at=timezone.now() - timedelta(minutes=1))
    again = anybody.post(address, {"code": code})

    assert "Read this." not in text(without)
    assert "Outerwood" not in text(without)
    assert "open nothing" in text(wrong)
    assert "Read this." in text(right)
    assert "Read this." not in text(again)
    assert not anybody.cookies


def test_a_link_that_never_was_answers_as_one_that_was(panel: Panel) -> None:
    address, _ = guest(panel)
    anybody = Client()

    there = anybody.post(address, {"code": "AAAA AAAA"})
    nowhere = anybody.post("/guest/never-was/", {"code": "AAAA AAAA"})

    assert (there.status_code, there.content) == (nowhere.status_code, nowhere.content)
    assert anybody.get(address).content == anybody.get("/guest/never-was/").content


def test_a_link_ends_with_the_day_of_the_meeting(panel: Panel) -> None:
    address, code = guest(panel)
    PanelLink.objects.update(until=timezone.now())

    assert "open nothing" in text(Client().post(address, {"code": code}))
    assert "Read this." not in text(Client().post(address, {"code": code}))


def test_five_wrong_codes_close_a_link(panel: Panel) -> None:
    address, code = guest(panel)
    for _ in range(5):
        Client().post(address, {"code": "AAAA AAAA"})

    assert "open nothing" in text(Client().post(address, {"code": code}))


def test_a_new_link_a_recall_a_restriction_and_a_meeting_called_off_close_a_link(panel: Panel) -> None:
    first, code = guest(panel)
    made = PanelPaper.objects.get()
    panel.merle.post(f"/panel-papers/{made.ref}/link/end/")
    assert "open nothing" in text(Client().post(first, {"code": code}))

    second, code = guest(panel)
    kept = Restriction.objects.create(
        case=panel.item.referral.ref, reason="staff", made_by="carol", made_at=police.NOW
    )
    assert "open nothing" in text(Client().post(second, {"code": code}))
    kept.ended_at = timezone.now()
    kept.save()
    PanelItem.objects.update(ended_by="carol", ended_at=police.NOW)
    assert "open nothing" in text(Client().post(second, {"code": code}))
    PanelItem.objects.update(ended_by="", ended_at=None)
    PanelMeeting.objects.update(ended_by="carol", ended_at=police.NOW)
    assert "open nothing" in text(Client().post(second, {"code": code}))
    PanelMeeting.objects.update(ended_by="", ended_at=None)
    assert "Read this." in text(Client().post(second, {"code": code}))


def test_an_officer_makes_no_link(panel: Panel) -> None:
    made = factories.paper(item=panel.item)
    officer = staff.browser(account=staff.account(name="Kit Marlow"), role=Role.OFFICER)

    assert officer.get(f"/panel-papers/{made.ref}/link/").status_code == 403
