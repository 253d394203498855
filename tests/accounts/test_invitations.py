"""An administrator invites; a link opens once; what is lost is reset."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.test import Client
from django.test.utils import override_settings
from tests.accounts.conftest import AREA, Joined, actor_for, link_to, question, sign_in_of
from tests.accounts.softkey import SoftKey

from desist.accounts.commands import HasLeft, NotARoleHere
from desist.accounts.factors.commands import NewPasskey
from desist.accounts.factors.passkeys import Host
from desist.accounts.invitations import commands
from desist.accounts.models import Account, Invitation, SignIn
from desist.refusals import Refused
from desist.wall import actors, gate
from desist.wall.actors import Role
from desist.wall.models import AuditEvent

SignedIn = Callable[..., Client]
Joining = Callable[..., Joined]
ASKED = {"name": "Sam Lowe", "email": "Sam.Lowe@service.example", "role": "practitioner", "area": AREA}
HOST = Host("testserver", "Desist")


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]  # the test client's answer


@pytest.fixture
def administrator(ada: Account, joined: Joining) -> Client:
    """Ada's browser, in which she signed in with a passkey."""
    return joined(ada).browser


def shown_link(page: object) -> str:
    found = re.search(r"<code>https://testserver(/account/accept/[^<]+)</code>", text(page))
    assert found, text(page)
    return found[1]


def test_an_administrator_invites_and_the_link_is_shown_once_and_sent(administrator: Client) -> None:
    first = administrator.post("/account/people/invite/", ASKED, follow=True)
    again = administrator.get(first.request["PATH_INFO"])

    account = Account.objects.get(name="Sam Lowe")
    link = shown_link(first)
    assert account.email == "sam.lowe@service.example"
    assert [(grant.role, grant.area) for grant in account.grants.all()] == [("practitioner", AREA)]
    assert link.split("/")[3] not in text(again)
    assert "shown once" in text(again)
    [message] = mail.outbox[-1:]
    assert message.to == ["sam.lowe@service.example"]
    assert link in message.body
    assert "Northmere" not in f"{message.subject} {message.body}"
    assert AuditEvent.objects.filter(action="accounts.invite", row=f"accounts.account:{account.ref}").exists()


def test_the_link_itself_is_kept_nowhere(administrator: Client) -> None:
    link = shown_link(administrator.post("/account/people/invite/", ASKED, follow=True))

    token = link.split("/")[3]
    assert not Invitation.objects.filter(digest=token).exists()
    assert Invitation.objects.filter(digest=commands.digest(token=token)).exists()
    assert not AuditEvent.objects.filter(reason__contains=token).exists()


def test_without_a_mail_server_messages_lie_where_nobody_else_reads_them(
    administrator: Client, tmp_path: Path
) -> None:
    folder, backend = tmp_path / "data" / "mail", "django.core.mail.backends.filebased.EmailBackend"
    with override_settings(EMAIL_BACKEND=backend, EMAIL_FILE_PATH=folder):
        link = shown_link(administrator.post("/account/people/invite/", ASKED, follow=True))

    [message] = folder.iterdir()
    assert link in message.read_text()
    assert folder.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"email": "nobody"}, "Enter an e-mail address such as"),
        ({"email": "a@b.example, c@d.example"}, "Enter an e-mail address such as"),
        ({"name": ""}, "Enter full name"),
        ({"role": "advocate"}, "Choose one of the answers shown"),
    ],
)
def test_an_invitation_that_cannot_be_is_a_sentence(
    administrator: Client, changed: dict[str, str], said: str
) -> None:
    answer = administrator.post("/account/people/invite/", ASKED | changed)

    assert answer.status_code == 422
    assert said in text(answer)
    assert not Account.objects.filter(name="Sam Lowe").exists()


def test_nobody_is_invited_twice(administrator: Client, kit: Account) -> None:
    answer = administrator.post("/account/people/invite/", ASKED | {"email": kit.email.upper()})

    assert answer.status_code == 422
    assert "has an account here" in text(answer)
    assert "Sam Lowe" in text(answer)


def test_a_role_of_another_side_cannot_be_given_with_an_invitation(ada: Account, now: datetime) -> None:
    with pytest.raises(NotARoleHere):
        commands.invite(
            actor=actor_for(ada, Role.ADMINISTRATOR), host=HOST, at=now, **ASKED | {"role": "advocate"}
        )


def test_whoever_accepts_is_signed_in_and_gets_ten_codes_once(kit: Account, joined: Joining) -> None:
    one = joined(kit)

    again = one.browser.get("/account/codes/")
    one.browser.post("/account/codes/")
    after = one.browser.get("/account/codes/")

    assert len(set(one.codes)) == 10
    assert one.codes[0] in text(again)  # a reload loses nothing
    assert one.codes[0] not in text(after)
    assert sign_in_of(one.browser).grant.account == kit
    assert kit.passkeys.get().name == "Unknown device"
    assert kit.recovery_codes.count() == 10
    assert not kit.recovery_codes.filter(digest__in=one.codes).exists()


def test_the_codes_in_the_session_are_encrypted(kit: Account, joined: Joining) -> None:
    one = joined(kit)

    assert one.codes[0] not in str(dict(one.browser.session.items()))


def test_a_link_opens_once(kit: Account, now: datetime) -> None:
    path, browser = link_to(kit, now), Client()
    browser.post(path, {"credential": SoftKey().make(question(browser.get(path)))})

    again = Client().get(path)

    assert again.status_code == 410
    assert "has been used" in text(again)


def test_looking_at_a_link_does_not_use_it(kit: Account, now: datetime) -> None:
    path = link_to(kit, now)

    first, second = Client().get(path), Client().get(path)

    assert (first.status_code, second.status_code) == (200, 200)
    assert "Kit Marlow" in text(second)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"expires_at": "past"}, "has expired"),
        ({"cancelled_at": "now"}, "was cancelled"),
        ({"used_at": "now"}, "has been used"),
    ],
)
def test_a_link_that_is_over_says_so(kit: Account, now: datetime, change: dict[str, str], said: str) -> None:
    path = link_to(kit, now - timedelta(days=8) if "expires_at" in change else now)
    Invitation.objects.filter(account=kit).update(**{name: now for name in change if name != "expires_at"})

    for answer in (Client().get(path), Client().post(path, {"credential": "{}"})):
        assert answer.status_code == 410
        assert said in text(answer)


def test_a_link_that_never_was_and_one_of_a_leaver_say_so(kit: Account, now: datetime) -> None:
    path = link_to(kit, now)
    Account.objects.filter(pk=kit.pk).update(left_at=now)

    assert "has been closed" in text(Client().get(path))
    assert "is incomplete" in text(Client().get("/account/accept/nothing/"))


def test_an_expired_invitation_is_refused_below_the_page_too(kit: Account, now: datetime) -> None:
    link_to(kit, now - timedelta(days=8))

    with pytest.raises(Refused):
        commands.accept(
            actor=actors.entrance(kit.ref),
            ref=Invitation.objects.get().ref,
            factor=NewPasskey("{}", "x", HOST),
            at=now,
        )


def test_an_invitation_is_nobody_elses(kit: Account, ada: Account, now: datetime) -> None:
    link_to(kit, now)

    with pytest.raises(gate.NotFound):
        commands.accept(
            actor=actors.entrance(ada.ref),
            ref=Invitation.objects.get().ref,
            factor=NewPasskey("{}", "x", HOST),
            at=now,
        )


@pytest.mark.parametrize("answer", ["", "{}", "[]", "null", '{"rawId": 1}', "x" * 30_000, '{"response": {}}'])
def test_an_answer_that_is_none_makes_no_passkey(kit: Account, now: datetime, answer: str) -> None:
    path = link_to(kit, now)

    refused = Client().post(path, {"credential": answer})

    assert refused.status_code == 422
    assert "The passkey was not made" in text(refused)
    assert not kit.passkeys.exists()
    assert Invitation.objects.get().used_at is None


@pytest.mark.parametrize(
    "key", [SoftKey(verifies=False), SoftKey(origin="https://testserver.evil.example")], ids=["pin", "origin"]
)
def test_a_passkey_without_its_owner_or_for_another_site_is_refused(
    kit: Account, now: datetime, key: SoftKey
) -> None:
    path, browser = link_to(kit, now), Client()

    refused = browser.post(path, {"credential": key.make(question(browser.get(path)))})

    assert refused.status_code == 422
    assert not kit.passkeys.exists()


def test_an_answer_without_a_passkey_in_it_is_refused(kit: Account, now: datetime) -> None:
    path, browser, key = link_to(kit, now), Client(), SoftKey()
    key.empty = True

    refused = browser.post(path, {"credential": key.make(question(browser.get(path)))})

    assert refused.status_code == 422
    assert not kit.passkeys.exists()


def test_an_answer_counts_once_and_for_its_own_account(kit: Account, ada: Account, now: datetime) -> None:
    path, other, browser = link_to(kit, now), link_to(ada, now), Client()
    answer = SoftKey().make(question(browser.get(path)))

    elsewhere = browser.post(other, {"credential": answer})
    browser.post(path, {"credential": answer})

    assert elsewhere.status_code == 422
    assert (kit.passkeys.count(), ada.passkeys.count()) == (1, 0)


def test_one_passkey_opens_one_account(kit: Account, ada: Account, now: datetime) -> None:
    key, browser = SoftKey(), Client()
    for path in (link_to(kit, now), link_to(ada, now)):
        answer = browser.post(path, {"credential": key.make(question(browser.get(path)))})

    assert answer.status_code == 422
    assert not ada.passkeys.exists()


def test_somebody_without_a_role_joins_and_is_told(kit: Account, now: datetime) -> None:
    path, browser = link_to(kit, now), Client()
    kit.grants.update(ended_at=now)

    page = browser.post(path, {"credential": SoftKey().make(question(browser.get(path)))})

    assert "has no role" in text(page)
    assert kit.passkeys.exists()
    assert not SignIn.objects.exists()


def test_a_new_link_ends_the_older_one(administrator: Client, kit: Account, now: datetime) -> None:
    older = link_to(kit, now)

    newer = shown_link(administrator.post(f"/account/people/{kit.ref}/invite-again/", follow=True))

    assert "was cancelled" in text(Client().get(older))
    assert Client().get(newer).status_code == 200
    assert Invitation.objects.filter(account=kit, used_at=None, cancelled_at=None).count() == 1


def test_a_second_click_makes_no_second_link_and_leads_to_the_first(
    administrator: Client, kit: Account, now: datetime
) -> None:
    link_to(kit, now)
    page = f"/account/people/{kit.ref}/invite-again/"

    first, second = (administrator.post(page) for _ in range(2))

    assert (second.status_code, second["Location"]) == (302, first["Location"])
    assert Invitation.objects.filter(account=kit).count() == 2  # the older one, which has ended, and one


def test_somebody_invited_before_links_were_kept_gets_one(administrator: Client, kit: Account) -> None:
    assert shown_link(administrator.post(f"/account/people/{kit.ref}/invite-again/", follow=True))


def test_whoever_has_joined_or_left_gets_no_new_link(
    administrator: Client, kit: Account, joined: Joining, now: datetime, person: Callable[..., Account]
) -> None:
    joined(kit)
    gone = person("Aaron Gone")
    Account.objects.filter(pk=gone.pk).update(left_at=now)

    for account in (kit, gone):
        page = administrator.post(f"/account/people/{account.ref}/invite-again/", follow=True)
        assert "No link was made" in text(page)


def test_a_link_is_cancelled_once(administrator: Client, kit: Account, now: datetime) -> None:
    path = link_to(kit, now)
    listed = text(administrator.get(f"/account/people/{kit.ref}/"))
    [address] = re.findall(r"/account/people/\w+/invitations/\w+/cancel/", listed)

    cancelled = administrator.post(address, follow=True)
    again = administrator.post(address, follow=True)

    assert "opens nothing now" in text(cancelled)
    assert "used or cancelled before" in text(again)
    assert "was cancelled" in text(Client().get(path))


def test_an_administrator_cancels_nothing_of_their_own(
    administrator: Client, ada: Account, now: datetime
) -> None:
    link_to(ada, now)
    own = Invitation.objects.get(account=ada, used_at=None)

    answer = administrator.post(f"/account/people/{ada.ref}/invitations/{own.ref}/cancel/")

    assert answer.status_code == 404


def test_a_reset_takes_everything_and_two_people_see_it(
    administrator: Client, ada: Account, kit: Account, joined: Joining
) -> None:
    one = joined(kit)
    sent = {"reason": "lost both keys"}

    link = shown_link(administrator.post(f"/account/people/{kit.ref}/reset/", sent, follow=True))

    assert one.browser.get("/account/")["Location"].startswith("/account/sign-in/")
    assert not kit.passkeys.exists()
    assert not kit.recovery_codes.exists()
    browser = Client()
    browser.post(link, {"credential": SoftKey().make(question(browser.get(link)))})
    assert "was reset" in text(browser.get("/account/"))
    assert "lost both keys" in text(browser.get("/account/"))
    assert "by Ada Linnet" in text(browser.get("/account/"))
    assert "lost both keys" in text(administrator.get(f"/account/people/{kit.ref}/"))
    events = AuditEvent.objects.filter(allowed=True)
    assert events.filter(action="accounts.reset_factors", who=ada.ref, row__endswith=kit.ref).count() == 1
    assert events.filter(action="accounts.accept_invitation", who=kit.ref).count() == 2


def test_a_reset_needs_a_reason_and_somebody_who_is_there(
    administrator: Client, kit: Account, now: datetime
) -> None:
    without = administrator.post(f"/account/people/{kit.ref}/reset/", {"reason": ""})
    Account.objects.filter(pk=kit.pk).update(left_at=now)
    left = administrator.post(f"/account/people/{kit.ref}/reset/", {"reason": "lost"})

    assert (without.status_code, left.status_code) == (422, 422)
    assert "Say why" in text(without)
    assert "has left" in text(left)


def test_nobody_resets_themselves(administrator: Client, ada: Account) -> None:
    assert administrator.post(f"/account/people/{ada.ref}/reset/", {"reason": "x"}).status_code == 404
    assert ada.passkeys.exists()


def test_a_reset_asks_first_who_is_there(administrator: Client, kit: Account, now: datetime) -> None:
    SignIn.objects.update(confirmed_at=now - timedelta(minutes=11))

    asked = administrator.get(f"/account/people/{kit.ref}/reset/")
    sent = administrator.post(f"/account/people/{kit.ref}/reset/", {"reason": "x"})

    assert asked["Location"].startswith("/account/confirm/?next=%2Faccount%2Fpeople%2F")
    assert sent["Location"].startswith("/account/confirm/")
    assert not Invitation.objects.filter(account=kit).exists()


@pytest.mark.parametrize("path", ["invite/", "{ref}/link/", "{ref}/reset/"])
def test_nobody_but_an_administrator_invites(kit: Account, signed_in: SignedIn, path: str) -> None:
    assert signed_in(kit).get(f"/account/people/{path.format(ref=kit.ref)}").status_code == 403


def test_a_leavers_open_link_ends(administrator: Client, kit: Account, now: datetime) -> None:
    link_to(kit, now)

    administrator.post(f"/account/people/{kit.ref}/leave/")

    assert Invitation.objects.get(account=kit).cancelled_at


def test_whoever_runs_the_machine_invites_the_first_administrator(db: None, now: datetime) -> None:
    asked = ASKED | {"role": "administrator"}

    made = commands.invite_from_console(actor=actors.console(), host=HOST, at=now, **asked)

    event = AuditEvent.objects.latest("pk")
    assert Account.objects.get().grants.get().role == Role.ADMINISTRATOR
    assert Client().get(made.link.removeprefix("https://testserver")).status_code == 200
    assert (event.who, event.role, event.action) == ("console", "console", "accounts.invite_from_console")


def test_whoever_runs_the_machine_helps_the_last_administrator_back_in(ada: Account, now: datetime) -> None:
    asked = {"name": "", "email": ada.email.upper(), "role": "administrator", "area": AREA}

    made = commands.invite_from_console(actor=actors.console(), host=HOST, at=now, **asked)

    assert made.account == ada.ref
    assert Invitation.objects.get().reason == "From the command line"
    Account.objects.filter(pk=ada.pk).update(left_at=now)
    with pytest.raises(HasLeft):
        commands.invite_from_console(actor=actors.console(), host=HOST, at=now, **asked)
