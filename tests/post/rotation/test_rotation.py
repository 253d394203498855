"""Keys rotate without a gap: nothing is lost, doubled or dead because a site has new keys."""

from datetime import timedelta

import pytest
from tests.post.two_sites import ADMINISTRATOR, AT, DAY, HANDLED, Site

from desist.keys import keyfile, sitekeys
from desist.keys.public import FORMER_HOLDS, PublicKeys
from desist.post import commands, payloads, seal
from desist.post.models import Inbox, Outbox, Partner
from desist.post.rotation.commands import AGAIN

MINUTE = timedelta(minutes=1)


def test_a_rotation_as_documented_leaves_no_alert_dead(two: tuple[Site, Site]) -> None:
    programme, police = two
    programme.alert(police, "before the rotation")
    programme.rotate()
    programme.restart()
    programme.alert(police, "after the rotation")

    programme.carry(police)
    police.handle()

    assert police.dead() == []
    assert HANDLED == [
        ("northmere-programme", "before the rotation"),
        ("northmere-programme", "after the rotation"),
    ]


def numbers() -> list[str]:
    """Return what was handled anywhere, in order."""
    return [contact for _, contact in HANDLED]


def test_a_partner_takes_over_announced_keys_and_confirms_them(two: tuple[Site, Site]) -> None:
    programme, police = two
    before = programme.keys().current
    programme.rotate()
    programme.restart()

    programme.settle(police)

    current = programme.keys().current
    known = PublicKeys.from_json(police.partner(programme).keys)
    assert [key.id for key in known.keys] == [current.id, before.id]
    assert known.keys[1].until == AT + FORMER_HOLDS
    assert programme.partner(police).knows_key == current.id
    assert (police.dead(), police.waiting(), programme.dead(), programme.waiting()) == ([], [], [], [])


def test_until_it_is_confirmed_everything_is_signed_with_the_key_of_before(two: tuple[Site, Site]) -> None:
    programme, police = two
    before = programme.keys().current
    programme.rotate()
    programme.restart()
    programme.do_chores()
    programme.alert(police, "signed with the old key")

    with programme.at_work():
        rows = list(Outbox.objects.order_by("id"))
    places = [
        seal.signed_by(
            header=seal.Header(row.ref, programme.name, police.name),
            sealed=bytes(row.sealed),
            among=[before.sign.public_key()],
        )
        for row in rows
    ]
    assert places == [0, 0]
    assert [row.kind for row in rows] == ["keys-announced", "alert"]


def test_an_announcement_goes_before_everything_that_waits(two: tuple[Site, Site]) -> None:
    programme, police = two
    for number in range(3):
        programme.alert(police, str(number))
    programme.rotate()
    programme.restart()
    programme.do_chores()

    with programme.at_work():
        first = Outbox.objects.order_by("id").values_list("kind", flat=True)[0]

    assert first == "keys-announced"


def test_the_partner_seals_to_the_new_key_and_what_was_sealed_to_the_old_one_still_opens(
    two: tuple[Site, Site],
) -> None:
    programme, police = two
    police.alert(programme, "sealed to the old key")
    programme.rotate()
    programme.restart()
    programme.do_chores()
    programme.carry(police)
    police.handle()
    police.alert(programme, "sealed to the new key")

    police.carry(programme)
    programme.handle()

    assert numbers() == ["sealed to the old key", "sealed to the new key"]


def test_a_process_that_does_not_know_the_new_keys_yet_leaves_an_envelope_for_one_that_does(
    two: tuple[Site, Site],
) -> None:
    programme, police = two
    started = programme.starts
    programme.rotate()
    programme.restart()
    programme.settle(police)
    police.alert(programme, "sealed to the new key")
    police.carry(programme)

    programme.starts = started
    programme.handle()
    waiting = programme.waiting()
    programme.starts = started + 1
    programme.look_again()
    programme.handle()

    assert waiting == ["It was sealed to a key that this site does not have."]
    assert (numbers(), programme.waiting(), programme.dead()) == (["sealed to the new key"], [], [])


def test_two_rotations_before_the_first_is_confirmed(two: tuple[Site, Site]) -> None:
    programme, police = two
    programme.rotate()
    programme.restart()
    programme.do_chores()
    programme.rotate()
    programme.restart()
    programme.do_chores()
    programme.alert(police, "between")

    programme.carry(police, delayed=0)  # the later announcement comes last
    police.handle()
    programme.settle(police)

    assert PublicKeys.from_json(police.partner(programme).keys).current.id == programme.keys().current.id
    assert programme.partner(police).knows_key == programme.keys().current.id
    assert (numbers(), police.dead(), police.waiting()) == (["between"], [], [])


def test_an_announcement_that_comes_late_or_again_changes_nothing(two: tuple[Site, Site]) -> None:
    programme, police = two
    first = programme.keys()
    old_text = first.public.to_json()
    programme.rotate()
    programme.restart()
    programme.settle(police)
    known = police.partner(programme).keys

    police.receive(payloads.KeysAnnounced(old_text), sender=programme.name, by=first.current)
    programme.carry(police, twice=True)
    programme.settle(police)

    assert police.partner(programme).keys == known
    assert programme.partner(police).knows_key == programme.keys().current.id
    assert (police.dead(), police.waiting()) == ([], [])


def test_a_confirmation_of_an_older_or_unknown_key_changes_nothing(two: tuple[Site, Site]) -> None:
    programme, police = two
    older = programme.keys().current.id
    programme.rotate()
    programme.restart()
    programme.settle(police)
    newest = programme.partner(police).knows_key

    for key in (older, "strange"):
        programme.receive(payloads.KeysKnown(key), sender=police.name, by=police.keys().current)
    programme.handle()

    assert programme.partner(police).knows_key == newest


def test_a_key_that_nothing_vouches_for_is_not_taken_over(two: tuple[Site, Site]) -> None:
    programme, police = two
    known = police.partner(programme).keys
    strange = sitekeys.generate(site=programme.name, on=DAY).public.to_json()

    police.receive(payloads.KeysAnnounced(strange), sender=programme.name, by=programme.keys().current)
    police.handle()

    assert police.partner(programme).keys == known
    assert police.dead() == [
        "No key known here vouches for the new keys of northmere-programme. Telephone there and compare the digits."
    ]


@pytest.mark.parametrize("kind", [payloads.KeysAnnounced, payloads.KeysWithdrawn])
def test_what_is_no_key_is_refused(two: tuple[Site, Site], kind: type[payloads.KeysAnnounced]) -> None:
    programme, police = two

    police.receive(kind("nonsense"), sender=programme.name, by=programme.keys().current)
    police.handle()

    (reason,) = police.dead()
    assert reason.startswith("This is not the public half of a site's keys.")


def test_an_announcement_is_repeated_until_it_is_confirmed(two: tuple[Site, Site]) -> None:
    programme, police = two
    programme.rotate()
    programme.restart()
    for at in (AT, AT + AGAIN - MINUTE, AT + AGAIN, AT + AGAIN + MINUTE):
        programme.do_chores(at=at)

    with programme.at_work():
        assert Outbox.objects.filter(kind="keys-announced").count() == 2
    programme.settle(police, at=AT + AGAIN + MINUTE)
    programme.do_chores(at=AT + 3 * AGAIN)
    with programme.at_work():
        assert Outbox.objects.filter(kind="keys-announced").count() == 2


@pytest.mark.parametrize("change", [{"ended_at": AT}, {"transport": "by_hand"}, {"zone": "advocacy"}])
def test_a_partner_that_is_not_written_to_is_told_nothing(
    two: tuple[Site, Site], change: dict[str, object]
) -> None:
    programme, _ = two
    programme.rotate()
    programme.restart()
    with programme.at_work():
        Partner.objects.update(**change)

    programme.do_chores()

    with programme.at_work():
        assert not Outbox.objects.exists()


@pytest.mark.parametrize("change", [{"ended_at": AT}, {"transport": "by_hand"}])
def test_keys_of_a_partner_that_is_not_written_to_are_taken_over_without_an_answer(
    two: tuple[Site, Site], change: dict[str, object]
) -> None:
    programme, police = two
    programme.rotate()
    programme.restart()
    programme.do_chores()
    programme.carry(police)
    with police.at_work():
        Partner.objects.update(**change)

    police.handle()

    assert PublicKeys.from_json(police.partner(programme).keys).current.id == programme.keys().current.id
    with police.at_work():
        assert not Outbox.objects.exists()


def test_a_key_of_before_is_accepted_for_a_stated_time(two: tuple[Site, Site]) -> None:
    programme, police = two
    before = programme.keys().current
    programme.rotate()
    programme.restart()
    programme.settle(police)
    alert = payloads.Alert(reason="concern", contact="late", raised_at=AT)
    for at in (AT + FORMER_HOLDS, AT + FORMER_HOLDS + MINUTE):
        police.receive(alert, sender=programme.name, by=before, at=at)

    police.handle(at=AT + FORMER_HOLDS + MINUTE)

    assert numbers() == ["late"]
    assert police.waiting() == [
        "It is signed with a key that northmere-programme no longer uses. Ask them what they sent."
    ]


def test_an_unknown_sender_waits_until_it_is_entered(two: tuple[Site, Site]) -> None:
    programme, police = two
    with police.at_work():
        Partner.objects.all().delete()
    programme.alert(police, "from a stranger")
    programme.carry(police)
    police.handle()
    waiting = police.waiting()

    police.enter(programme)
    police.handle()

    assert waiting == [
        "The partner register lists no site named 'northmere-programme'. An administrator can add it."
    ]
    assert numbers() == ["from a stranger"]


def test_an_unknown_signer_waits_and_is_handled_once_its_keys_are_saved(two: tuple[Site, Site]) -> None:
    programme, police = two
    keyfile.replace(folder=programme.folder, keys=sitekeys.generate(site=programme.name, on=DAY))
    programme.restart()
    programme.alert(police, "signed with keys that nobody announced")
    programme.carry(police)
    for hour in range(30):
        police.handle(at=AT + timedelta(hours=hour))
    assert (police.dead(), len(police.waiting())) == ([], 1)

    police.compare(programme, at=AT + timedelta(hours=30))
    police.handle(at=AT + timedelta(hours=30))

    assert (numbers(), police.waiting()) == (["signed with keys that nobody announced"], [])


def test_one_button_handles_all_dead_of_a_partner_again(two: tuple[Site, Site]) -> None:
    programme, police = two
    for number in range(3):
        programme.alert(police, str(number))
    programme.carry(police)
    with police.at_work():
        Inbox.objects.update(dead_at=AT, tries=15)

        count = commands.retry_all(actor=ADMINISTRATOR, ref=police_ref(), at=AT)
    police.handle()

    assert count == 3
    assert sorted(numbers()) == ["0", "1", "2"]


def police_ref() -> str:
    return Partner.objects.get().ref


def test_a_partner_restored_from_before_the_rotation_reads_everything_again(two: tuple[Site, Site]) -> None:
    programme, police = two
    backup = police.dump()
    programme.rotate()
    programme.restart()
    programme.settle(police)
    programme.alert(police, "after the backup")
    programme.settle(police)
    HANDLED.clear()
    police.restore(backup)
    programme.alert(police, "after the restore")
    programme.carry(police)
    police.handle()
    assert len(police.waiting()) == 1

    programme.reoffer(police)
    programme.settle(police)

    assert sorted(numbers()) == ["after the backup", "after the restore"]
    assert (police.waiting(), police.dead()) == ([], [])
    assert programme.partner(police).knows_key == programme.keys().current.id


def test_a_site_restored_from_before_its_own_rotation_goes_on(two: tuple[Site, Site]) -> None:
    programme, police = two
    backup = programme.dump()
    programme.rotate()
    programme.restart()
    programme.settle(police)

    programme.restore(backup)
    programme.alert(police, "signed with the old key again")
    programme.settle(police)

    assert (numbers(), police.dead(), police.waiting()) == (["signed with the old key again"], [], [])
    assert programme.partner(police).knows_key == programme.keys().current.id
