"""The post's pages: what waits and what died, the partner register, and what is told by telephone."""

import dataclasses
import json
import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import html5lib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings
from tests.post.conftest import AT, POLICE, REFERRAL, THREAD

from desist.accounts.models import Account, RoleGrant, SignIn
from desist.accounts.session_store import SIGN_IN
from desist.keys import keyfile, sitekeys
from desist.keys.public import PublicKeys
from desist.keys.sitekeys import SiteKeys
from desist.post import inbox, introductions, outbox, payloads, waiting
from desist.post.models import ByHandTask, Inbox, Outbox, Partner
from desist.post.transports import Transport
from desist.post.troubles import queries as troubles
from desist.sites import Site, Zone
from desist.wall.actors import Role
from desist.wall.models import AuditEvent, Exclusion

pytestmark = pytest.mark.usefixtures("own_keys")

DECISION = payloads.ReferralDecision("accepted", "PLANTED-REASON", AT)


def signed_in(role: Role, area: str = "northmere") -> Client:
    """A browser in which someone of a role is signed in."""
    account = Account.objects.create(email=f"{uuid.uuid4()}@example.org", name="Sam Invented", invited_at=AT)
    grant = RoleGrant.objects.create(
        account=account, role=role.value, area=area, given_by="setup", given_at=AT
    )
    client = Client()
    now = timezone.now()
    session = client.session
    session[SIGN_IN] = SignIn.objects.create(grant=grant, began_at=now, last_seen_at=now).ref
    session.save()
    client.cookies["programme_session"] = str(session.session_key)
    return client


@pytest.fixture
def administrator(police: Partner) -> Client:
    return signed_in(Role.ADMINISTRATOR)


@pytest.fixture
def founder(db: None) -> Client:
    """An administrator of a site that has no partner yet."""
    return signed_in(Role.ADMINISTRATOR)


@pytest.fixture
def manager(police: Partner) -> Client:
    return signed_in(Role.MANAGER)


def text(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def test_the_post_shows_what_waits_and_never_what_it_says(administrator: Client) -> None:
    outbox.send(DECISION, to=POLICE, thread=THREAD, at=AT)
    Outbox.objects.update(error="The courier cannot bring it (OperationalError); it keeps trying.")

    page = text(administrator, "/post/envelopes/")

    assert "Northmere Police" in page
    assert "The courier cannot bring it" in page
    assert "PLANTED" not in page
    assert THREAD not in page


def test_an_empty_post_says_so(administrator: Client) -> None:
    page = text(administrator, "/post/envelopes/")

    assert "Nothing is waiting to leave" in page
    assert "No envelope has failed" in page
    assert "0 envelopes are waiting" in page


def test_a_dead_envelope_stands_there_with_its_reason_and_can_be_handled_again(
    administrator: Client, arrive: Callable[..., Inbox]
) -> None:
    envelope = arrive(payloads.AlertAcknowledged(AT, AT))
    inbox.handle_waiting(at=AT)
    assert "There is no referral that this acknowledges." in text(administrator, "/post/envelopes/")

    response = administrator.post(f"/post/envelopes/{envelope.ref}/retry/", follow=True)

    assert "will be handled again" in response.content.decode()
    envelope.refresh_from_db()
    assert (envelope.dead_at, envelope.tries, envelope.next_at) == (None, 0, None)
    assert AuditEvent.objects.filter(action="post.retry_envelope", allowed=True).exists()


def test_handling_again_twice_is_no_error(administrator: Client, arrive: Callable[..., Inbox]) -> None:
    envelope = arrive(payloads.AlertAcknowledged(AT, AT))

    response = administrator.post(f"/post/envelopes/{envelope.ref}/retry/", follow=True)

    assert "already on its way again" in response.content.decode()


def test_an_envelope_that_fails_shows_when_it_is_tried_again(
    administrator: Client, arrive: Callable[..., Inbox]
) -> None:
    arrive(REFERRAL)
    inbox.handle_waiting(at=AT)
    Inbox.objects.create(ref=uuid.uuid4(), sender="stranger", sealed=b"", at=AT, tries=1, error="x")

    page = text(administrator, "/post/envelopes/")

    assert "Handling it failed (ValueError), 1 times so far." in page
    assert "stranger" in page
    assert "Within seconds" in page
    assert "Ada" not in page


def test_one_button_handles_all_dead_envelopes_of_a_partner_again(
    administrator: Client, police: Partner, arrive: Callable[..., Inbox]
) -> None:
    for _ in range(2):
        arrive(payloads.AlertAcknowledged(AT, AT))
    inbox.handle_waiting(at=AT)
    assert "Handle 2 from Northmere Police again" in text(administrator, "/post/envelopes/")

    response = administrator.post(f"/post/partners/{police.ref}/retry/", follow=True)

    assert "will be handled again" in response.content.decode()
    assert not Inbox.objects.exclude(dead_at=None).exists()
    assert AuditEvent.objects.filter(action="post.retry_envelopes", allowed=True).exists()


def test_dead_envelopes_of_a_stranger_have_no_common_button(administrator: Client) -> None:
    Inbox.objects.create(
        ref=uuid.uuid4(), sender="stranger", sealed=b"", at=AT, tries=1, error="x", dead_at=AT
    )

    page = text(administrator, "/post/envelopes/")

    assert "the one from stranger" not in page
    assert "Handle again" in page


def test_an_envelope_that_can_never_be_handled_is_set_aside_and_can_be_taken_up_again(
    administrator: Client, arrive: Callable[..., Inbox]
) -> None:
    envelope = arrive(payloads.AlertAcknowledged(AT, AT))
    inbox.handle_waiting(at=AT)
    path = f"/post/envelopes/{envelope.ref}/set-aside/"
    assert path in text(administrator, "/post/envelopes/")
    assert "Telephone Northmere Police on a number you already know" in text(administrator, path)

    page = administrator.post(path, {"why": "forged"}, follow=True).content.decode()

    assert "The envelope is set aside" in page
    assert "The partner did not send it" in page
    assert "No envelope has failed" in page
    assert troubles.stuck(at=AT + timedelta(days=1)).count == 0
    assert AuditEvent.objects.filter(action="post.set_aside_envelope", allowed=True).exists()
    administrator.post(f"/post/envelopes/{envelope.ref}/retry/")
    inbox.handle_waiting(at=AT)
    envelope.refresh_from_db()
    assert (envelope.dead_at, envelope.set_aside_why) == (AT, "")


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ({"set_aside_why": "forged", "handled_at": AT}, "was set aside in the meantime"),
        ({"handled_at": AT}, "was handled in the meantime"),
        ({"tries": 0}, "has not been tried yet"),
    ],
)
def test_what_waits_for_nobody_is_not_set_aside(
    administrator: Client, arrive: Callable[..., Inbox], state: dict[str, object], sentence: str
) -> None:
    envelope = arrive(payloads.AlertAcknowledged(AT, AT))
    Inbox.objects.update(**{"tries": 1, **state})
    before = Inbox.objects.values().get()

    response = administrator.post(f"/post/envelopes/{envelope.ref}/set-aside/", {"why": "forged"})

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert Inbox.objects.values().get() == before


def test_what_waits_for_a_partner_that_is_told_by_hand_since_reminds_nobody(police: Partner) -> None:
    outbox.send(DECISION, to=POLICE, thread=THREAD, at=AT)
    assert (waiting.to_leave(), troubles.stuck(at=AT + timedelta(days=1)).unsent) == ((1, AT), 1)

    Partner.objects.update(transport=Transport.BY_HAND)

    assert (waiting.to_leave(), troubles.stuck(at=AT + timedelta(days=1)).unsent) == ((0, None), 0)


def test_what_was_set_aside_is_kept_as_long_as_a_sent_envelope(
    administrator: Client, arrive: Callable[..., Inbox]
) -> None:
    envelope = arrive(payloads.AlertAcknowledged(AT, AT))
    Inbox.objects.update(set_aside_why="forged", handled_at=AT)
    assert inbox.forget_set_aside(before=AT) == 0

    assert inbox.forget_set_aside(before=AT + timedelta(seconds=1)) == 1

    assert "did not send it" not in text(administrator, "/post/envelopes/")
    response = administrator.post(f"/post/envelopes/{envelope.ref}/retry/", follow=True)
    assert "no longer kept" in response.content.decode()
    assert inbox.forget_set_aside(before=AT + timedelta(seconds=1)) == 0


def test_an_unknown_envelope_is_not_found(administrator: Client) -> None:
    response = administrator.post(f"/post/envelopes/{uuid.uuid4()}/retry/")

    assert response.status_code == 404


@pytest.mark.parametrize("path", ["/post/envelopes/", "/post/partners/", "/post/partners/add/"])
def test_only_administrators_see_the_post_and_the_register(manager: Client, path: str) -> None:
    text(manager, path, status=403)


@pytest.mark.parametrize("path", ["/post/by-hand/", "/post/by-hand/acdefghjkl/tell/"])
def test_an_administrator_does_not_read_what_is_told(administrator: Client, path: str) -> None:
    text(administrator, path, status=403)


def filled(of: SiteKeys, **changes: str) -> dict[str, str]:
    return {
        "title": "Eastmere Police",
        "name": of.site,
        "zone": "partnership",
        "transport": "courier",
        "keys": of.public.to_json(),
        "fingerprint": of.public.fingerprint,
        "phone": "",
        "area": "",
    } | changes


def test_a_partner_is_added_once_its_digits_were_compared(founder: Client, police_keys: SiteKeys) -> None:
    response = founder.post("/post/partners/add/", filled(police_keys), follow=True)

    assert "Eastmere Police is in the partner register" in response.content.decode()
    assert Partner.objects.get().name == POLICE
    assert AuditEvent.objects.filter(action="post.add_partner", allowed=True).exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"fingerprint": "1234 5678"}, "someone may have exchanged the keys"),
        ({"fingerprint": ""}, "someone may have exchanged the keys"),
        ({"keys": ""}, "Choose the file of the partner, or paste its public keys"),
        ({"keys": "{}"}, "This is not the public half"),
        ({"name": "another-police"}, f"These are the keys of {POLICE}, not of another-police"),
        ({"name": "No Name"}, "small letters, digits and hyphens"),
        ({"transport": "by_hand"}, "Enter the telephone number"),
        ({"transport": "pigeon"}, "Choose one of the answers shown"),
        ({"phone": "0" * 40, "transport": "by_hand"}, "30 characters or fewer"),
    ],
)
def test_a_partner_that_cannot_be_reached_safely_is_refused(
    founder: Client, police_keys: SiteKeys, changes: dict[str, str], sentence: str
) -> None:
    response = founder.post("/post/partners/add/", filled(police_keys, **changes))

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Partner.objects.exists()


def introduced(of: SiteKeys, title: str = "Eastmere Police") -> str:
    """The file that a partner saved on its Partners page."""
    site = Site(of.site, Zone.PARTNERSHIP, title)
    return introductions.write(site, keys=of.public, host="police.eastmere.example")


def as_file(words: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("eastmere-police.json", words.encode())


def test_a_partner_is_added_from_its_file_and_the_digits_alone(
    founder: Client, police_keys: SiteKeys
) -> None:
    sent = {"transport": "file", "fingerprint": police_keys.public.fingerprint}

    response = founder.post(
        "/post/partners/add/", {**sent, "file": as_file(introduced(police_keys))}, follow=True
    )

    assert "Eastmere Police is in the partner register" in response.content.decode()
    partner = Partner.objects.get()
    assert (partner.name, partner.zone, partner.transport) == (POLICE, "partnership", "file")
    assert PublicKeys.from_json(partner.keys).keys == police_keys.public.keys


def test_a_file_with_other_digits_adds_nobody_and_is_kept_for_the_second_try(
    founder: Client, police_keys: SiteKeys
) -> None:
    sent = {"transport": "courier", "fingerprint": "1234"}

    refused = founder.post("/post/partners/add/", {**sent, "file": as_file(introduced(police_keys))})

    assert refused.status_code == 422
    assert "someone may have exchanged the keys" in refused.content.decode()
    assert not Partner.objects.exists()
    page = html5lib.parse(refused.content.decode(), namespaceHTMLElements=False)
    kept = "".join(page.find(".//textarea[@name='keys']").itertext())
    founder.post("/post/partners/add/", {**sent, "keys": kept, "fingerprint": police_keys.public.fingerprint})
    assert Partner.objects.get().title == "Eastmere Police"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("a letter", "This is not the public half"),
        ('{"desist_public_keys": 1, "zone": "moon"}', "This is not the public half"),
        ("x" * 20_001, "20,000 characters or fewer"),
    ],
)
def test_what_is_no_partners_file_is_refused_in_words(founder: Client, words: str, sentence: str) -> None:
    response = founder.post(
        "/post/partners/add/", {"transport": "courier", "fingerprint": "1", "file": as_file(words)}
    )

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Partner.objects.exists()


def test_ones_own_file_is_no_partner(founder: Client) -> None:
    own = founder.get("/post/partners/introduction/")
    told = json.loads(own.content)

    response = founder.post(
        "/post/partners/add/",
        {
            "transport": "courier",
            "fingerprint": told["fingerprint"],
            "file": as_file(own.content.decode()),
        },
    )

    assert response.status_code == 422
    assert "This is your own site" in response.content.decode()
    assert told["fingerprint"] in text(founder, "/post/partners/")
    assert own["Content-Disposition"] == f'attachment; filename="{told["site"]}.json"'
    assert "referral" in told["takes"]
    assert "referral-decision" in told["sends"]


def test_new_keys_of_a_known_partner_come_by_its_file_too(
    administrator: Client, police: Partner, police_keys: SiteKeys
) -> None:
    renewed = sitekeys.rotate(keys=police_keys, on=AT.date())
    sent = {
        **changed(police, keys=""),
        "fingerprint": renewed.public.fingerprint,
        "file": as_file(introduced(renewed)),
    }

    administrator.post(f"/post/partners/{police.ref}/", sent)

    police.refresh_from_db()
    assert PublicKeys.from_json(police.keys).fingerprint == renewed.public.fingerprint


def test_keys_that_are_too_long_are_refused_once(administrator: Client, police_keys: SiteKeys) -> None:
    response = administrator.post("/post/partners/add/", filled(police_keys, keys="x" * 20_001))

    assert response.status_code == 422
    assert "20,000 characters or fewer" in response.content.decode()


def test_a_site_is_listed_once(administrator: Client, police_keys: SiteKeys) -> None:
    response = administrator.post("/post/partners/add/", filled(police_keys))

    assert response.status_code == 422
    assert f"already lists a site named {POLICE}" in response.content.decode()


def test_a_partner_without_software_needs_a_telephone_only(
    administrator: Client, police_keys: SiteKeys
) -> None:
    changes = {"transport": "by_hand", "keys": "", "phone": "01632 960 001", "name": "small-service"}

    administrator.post("/post/partners/add/", filled(police_keys, **changes))

    partner = Partner.objects.get(name="small-service")
    assert (partner.transport, partner.keys) == ("by_hand", "")
    assert "No keys" in text(administrator, f"/post/partners/{partner.ref}/")


def changed(partner: Partner, **changes: str) -> dict[str, str]:
    kept = {name: getattr(partner, name) for name in ("title", "transport", "phone", "area", "keys")}
    return kept | changes


def test_a_change_of_telephone_needs_no_new_comparison_of_keys(
    administrator: Client, police: Partner
) -> None:
    administrator.post(f"/post/partners/{police.ref}/", changed(police, phone="01632 960 009"))

    police.refresh_from_db()
    assert police.phone == "01632 960 009"
    assert AuditEvent.objects.filter(action="post.change_partner", allowed=True).exists()


def test_new_keys_have_to_be_compared_again(
    administrator: Client, police: Partner, own_keys: SiteKeys
) -> None:
    stranger = dataclasses.replace(own_keys.public, site=POLICE)

    response = administrator.post(f"/post/partners/{police.ref}/", changed(police, keys=stranger.to_json()))

    assert response.status_code == 422
    police.refresh_from_db()
    assert police.keys != stranger.to_json()


def test_keys_whose_digits_were_compared_are_kept_with_the_former_ones(
    administrator: Client, police: Partner, police_keys: SiteKeys
) -> None:
    fresh = sitekeys.generate(site=POLICE, on=AT.date()).public

    administrator.post(
        f"/post/partners/{police.ref}/",
        changed(police, keys=fresh.to_json(), fingerprint=fresh.fingerprint),
    )

    police.refresh_from_db()
    current, former = PublicKeys.from_json(police.keys).keys
    assert (current.id, current.until) == (fresh.current.id, None)
    assert former.id == police_keys.current.id
    assert former.until is not None
    assert not Outbox.objects.exists()  # it did not ask for an answer


def test_the_first_keys_of_a_partner_are_kept_as_they_were_compared(
    administrator: Client, police: Partner, police_keys: SiteKeys
) -> None:
    Partner.objects.update(keys="", transport="by_hand")
    public = police_keys.public

    administrator.post(
        f"/post/partners/{police.ref}/",
        changed(police, keys=public.to_json(), fingerprint=public.fingerprint),
    )

    police.refresh_from_db()
    assert PublicKeys.from_json(police.keys).keys == public.keys


@pytest.fixture
def withdrawn(police: Partner) -> PublicKeys:
    """The police have withdrawn their keys and offer these."""
    offered = sitekeys.generate(site=POLICE, on=AT.date()).public
    known = PublicKeys.from_json(police.keys).ended(at=AT).to_json()
    Partner.objects.update(keys=known, offered_keys=offered.to_json(), withdrawn_at=AT)
    police.refresh_from_db()
    return offered


def test_a_partner_that_withdrew_its_keys_is_shown_with_what_to_do(
    administrator: Client, police: Partner, withdrawn: PublicKeys
) -> None:
    page = text(administrator, f"/post/partners/{police.ref}/")

    assert "It has withdrawn its keys" in page
    assert withdrawn.current.id in page
    assert "Compare its digits" in text(administrator, "/post/partners/")


def test_with_the_digits_of_the_offered_keys_everything_goes_on(
    administrator: Client, police: Partner, withdrawn: PublicKeys
) -> None:
    outbox.send(DECISION, to=POLICE, thread=THREAD, at=AT)

    administrator.post(
        f"/post/partners/{police.ref}/",
        changed(police, keys=withdrawn.to_json(), fingerprint=withdrawn.fingerprint),
    )

    police.refresh_from_db()
    assert (police.withdrawn_at, police.offered_keys) == (None, "")
    assert PublicKeys.from_json(police.keys).current.id == withdrawn.current.id
    kinds = Outbox.objects.order_by("id").values_list("kind", "next_at", "error")
    assert list(kinds) == [("keys-known", None, ""), ("referral-decision", None, "")]


def test_without_digits_the_offered_keys_stay_offered(
    administrator: Client, police: Partner, withdrawn: PublicKeys
) -> None:
    administrator.post(
        f"/post/partners/{police.ref}/", changed(police, keys=withdrawn.to_json(), phone="01632 960 009")
    )

    police.refresh_from_db()
    assert (police.withdrawn_at, police.phone) == (AT, "01632 960 009")
    assert PublicKeys.from_json(police.keys).current.id != withdrawn.current.id


def test_wrong_digits_are_refused_for_known_keys_too(administrator: Client, police: Partner) -> None:
    response = administrator.post(f"/post/partners/{police.ref}/", changed(police, fingerprint="1234"))

    assert response.status_code == 422


def test_a_partner_that_has_not_confirmed_new_keys_is_shown(administrator: Client, police: Partner) -> None:
    Partner.objects.update(told_key="a-key", told_at=AT)

    assert "It has not confirmed your new keys yet" in text(administrator, f"/post/partners/{police.ref}/")


@pytest.fixture
def exposed(police: Partner, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> SiteKeys:
    """The newest keys of this site, whose former ones others may know."""
    own_keys = keyfile.read(folder=tmp_path, site="northmere-programme")
    again = tmp_path / "again"
    keys = sitekeys.rotate(keys=own_keys, on=AT.date(), exposed=True)
    keyfile.replace(folder=again, keys=keys)
    monkeypatch.setenv("DESIST_DATA", str(again))
    return keys


def test_a_partner_that_has_to_compare_our_digits_is_shown(
    administrator: Client, police: Partner, exposed: SiteKeys
) -> None:
    assert "It has to compare the digits of your keys" in text(administrator, f"/post/partners/{police.ref}/")
    assert "Has to compare your digits" in text(administrator, "/post/partners/")


def test_what_waits_goes_once_a_partner_that_cannot_answer_has_read_out_our_digits(
    administrator: Client, police: Partner, exposed: SiteKeys
) -> None:
    outbox.send(DECISION, to=POLICE, thread=THREAD, at=AT)
    assert Outbox.objects.get().error

    administrator.post(
        f"/post/partners/{police.ref}/", changed(police, own_digits=exposed.public.fingerprint)
    )

    police.refresh_from_db()
    assert police.knows_key == exposed.current.id
    assert (Outbox.objects.get().next_at, Outbox.objects.get().error) == (None, "")
    assert "own_digits" not in text(administrator, f"/post/partners/{police.ref}/")


def test_other_digits_than_those_of_our_newest_keys_let_nothing_go(
    administrator: Client, police: Partner, exposed: SiteKeys
) -> None:
    former = exposed.sets[1].public
    digits = PublicKeys("northmere-programme", (former,)).fingerprint

    response = administrator.post(f"/post/partners/{police.ref}/", changed(police, own_digits=digits))

    assert response.status_code == 422
    assert "These are not the digits of your newest keys" in response.content.decode()
    police.refresh_from_db()
    assert police.knows_key == ""


def test_digits_of_ours_say_nothing_where_nothing_waits_for_them(
    administrator: Client, police: Partner, own_keys: SiteKeys
) -> None:
    administrator.post(
        f"/post/partners/{police.ref}/", changed(police, own_digits=own_keys.public.fingerprint)
    )

    police.refresh_from_db()
    assert police.knows_key == ""


def test_an_administrators_first_page_counts_what_is_stuck(
    administrator: Client, manager: Client, arrive: Callable[..., Inbox]
) -> None:
    assert "The post needs you" not in text(administrator, "/account/people/")
    arrive(payloads.AlertAcknowledged(AT, AT))
    inbox.handle_waiting(at=AT)

    page = text(administrator, "/account/people/")

    assert "1 envelope is stuck" in page
    assert 'href="/post/envelopes/"' in page


def test_an_administrators_first_page_counts_partners_that_withdrew_their_keys(
    administrator: Client, police: Partner, withdrawn: PublicKeys
) -> None:
    page = text(administrator, "/account/people/")

    assert "1 partner has withdrawn its keys" in page
    assert 'href="/post/partners/"' in page
    assert "stuck" not in page


def test_keys_cannot_slip_in_uncompared_by_way_of_a_partner_by_hand(
    administrator: Client, police: Partner, own_keys: SiteKeys
) -> None:
    stranger = dataclasses.replace(own_keys.public, site=POLICE)
    by_hand = changed(police, keys=stranger.to_json(), transport="by_hand")

    response = administrator.post(f"/post/partners/{police.ref}/", by_hand)

    assert response.status_code == 422
    police.refresh_from_db()
    assert police.keys != stranger.to_json()


def test_writing_to_a_partner_can_end_and_begin_again(administrator: Client, police: Partner) -> None:
    path = f"/post/partners/{police.ref}/"

    administrator.post(path, changed(police, ended="on"))
    police.refresh_from_db()
    ended_at = police.ended_at
    administrator.post(path, changed(police, ended="on"))
    police.refresh_from_db()

    assert ended_at is not None
    assert police.ended_at == ended_at
    assert "Writing to this partner ended" in text(administrator, path)
    assert "Ended" in text(administrator, "/post/partners/")
    administrator.post(path, changed(police))
    police.refresh_from_db()
    assert police.ended_at is None


def test_an_empty_register_says_so(founder: Client) -> None:
    assert "No partner is listed" in text(founder, "/post/partners/")


@pytest.fixture
def task(police: Partner) -> ByHandTask:
    """A decision that has to be told to the police by telephone."""
    Partner.objects.update(transport=Transport.BY_HAND)
    outbox.send(DECISION, to=POLICE, thread=THREAD, at=AT, case="acdefghjkl")
    return ByHandTask.objects.get()


def test_a_manager_reads_the_task_out_and_notes_whom_they_told(manager: Client, task: ByHandTask) -> None:
    assert "Late" in text(manager, "/post/by-hand/")
    page = text(manager, f"/post/by-hand/{task.ref}/tell/")
    assert "PLANTED-REASON" in page
    assert "01632 960 001" in page

    manager.post(f"/post/by-hand/{task.ref}/tell/", {"whom": "Bo, desk officer", "answer": "Thanks"})

    task.refresh_from_db()
    assert (task.told_whom, task.answer) == ("Bo, desk officer", "Thanks")
    assert task.by
    assert "Nobody has to be telephoned" in text(manager, "/post/by-hand/")
    # the page was looked at twice, with and without an answer, and the telling is an event of its own
    assert AuditEvent.objects.filter(action="post.tell_by_hand", allowed=True).count() == 3


def test_a_task_is_told_once_and_typed_words_stay(manager: Client, task: ByHandTask) -> None:
    path = f"/post/by-hand/{task.ref}/tell/"
    manager.post(path, {"whom": "Bo", "answer": ""})

    response = manager.post(path, {"whom": "Cy", "answer": "typed words"})

    assert response.status_code == 422
    page = response.content.decode()
    assert "A colleague has already told the partner" in page
    assert "typed words" in page
    assert "Bo was told" in page


def test_what_later_news_overtook_is_in_no_list_and_is_not_told(manager: Client, task: ByHandTask) -> None:
    ByHandTask.objects.update(overtaken_at=task.made_at)
    path = f"/post/by-hand/{task.ref}/tell/"

    assert "Nobody has to be telephoned" in text(manager, "/post/by-hand/")
    assert "There has been later news of the same kind" in text(manager, path)
    response = manager.post(path, {"whom": "Bo, desk officer", "answer": "Thanks"})

    assert response.status_code == 422
    assert "read that out" in response.content.decode()
    assert ByHandTask.objects.get().told_at is None


def test_the_list_and_the_page_say_about_whom(manager: Client, task: ByHandTask) -> None:
    ByHandTask.objects.update(about="Robin Example, born 28 February 1990")

    assert "Robin Example, born 28 February 1990" in text(manager, "/post/by-hand/")
    assert "About Robin Example, born 28 February 1990." in text(manager, f"/post/by-hand/{task.ref}/tell/")


def test_whom_was_told_must_be_said(manager: Client, task: ByHandTask) -> None:
    response = manager.post(f"/post/by-hand/{task.ref}/tell/", {"whom": "", "answer": ""})

    assert response.status_code == 422
    task.refresh_from_db()
    assert task.told_at is None


def test_a_task_about_an_excluded_case_is_nowhere(task: ByHandTask) -> None:
    client = signed_in(Role.MANAGER)
    account = Account.objects.latest("pk")
    Exclusion.objects.create(
        case=task.case, account=account.ref, allowed=False, reason="knows them", made_by="x", made_at=AT
    )

    assert "Nobody has to be telephoned" in text(client, "/post/by-hand/")
    text(client, f"/post/by-hand/{task.ref}/tell/", status=404)


def test_a_task_of_another_area_is_nowhere(task: ByHandTask) -> None:
    client = signed_in(Role.MANAGER, area="elsewhere")

    assert "Nobody has to be telephoned" in text(client, "/post/by-hand/")
    text(client, f"/post/by-hand/{task.ref}/tell/", status=404)


def test_a_task_that_is_not_due_is_not_late(manager: Client, task: ByHandTask, settings: Settings) -> None:
    ByHandTask.objects.update(due_at=timezone.now() + timedelta(hours=1))

    assert "Late" not in text(manager, "/post/by-hand/")


def test_the_header_leads_each_role_to_its_part_of_the_post(administrator: Client, manager: Client) -> None:
    administrators, managers = (text(one, "/account/service/") for one in (administrator, manager))

    assert 'href="/post/partners/"' in administrators
    assert 'href="/post/by-hand/"' not in administrators
    assert 'href="/post/by-hand/"' in managers
    assert 'href="/post/partners/"' not in managers


@pytest.mark.parametrize("path", ["/post/envelopes/", "/post/partners/", "/post/partners/add/"])
def test_the_administrators_pages_are_whole_html(
    administrator: Client, arrive: Callable[..., Inbox], path: str
) -> None:
    arrive(payloads.AlertAcknowledged(AT, AT))
    arrive(REFERRAL)
    inbox.handle_waiting(at=AT)
    outbox.send(DECISION, to=POLICE, thread=THREAD, at=AT)

    html5lib.HTMLParser(strict=True).parse(text(administrator, path))


def test_the_tellers_pages_are_whole_html(manager: Client, task: ByHandTask) -> None:
    for path in ("/post/by-hand/", f"/post/by-hand/{task.ref}/tell/"):
        html5lib.HTMLParser(strict=True).parse(text(manager, path))
