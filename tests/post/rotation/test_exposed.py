"""Keys that may be known to others: nobody believes them any more, people compare digits, and meanwhile all waits visibly."""

from datetime import timedelta

import pytest
from tests.post.two_sites import AT, DAY, HANDLED, Site

from desist.keys import sitekeys
from desist.keys.public import PublicKeys
from desist.keys.sitekeys import KeySet, SiteKeys
from desist.post import files, payloads
from desist.post.models import Outbox, Partner

LATER = AT.replace(hour=11)


@pytest.fixture
def stolen(two: tuple[Site, Site]) -> KeySet:
    """The programme's keys of before, which a stranger has; the programme has others now, and has told the police."""
    programme, police = two
    before = programme.keys().current
    programme.rotate(exposed=True)
    programme.restart()
    programme.settle(police)
    return before


def forged(site: Site, stolen: KeySet) -> str:
    """Return keys of the stranger, vouched for by the stolen one."""
    return sitekeys.rotate(keys=SiteKeys(site.name, (stolen,)), on=DAY).public.to_json()


def numbers() -> list[str]:
    return [contact for _, contact in HANDLED]


def test_a_site_signs_with_no_exposed_key_and_the_partner_waits_for_the_digits(
    two: tuple[Site, Site], stolen: KeySet
) -> None:
    programme, police = two
    programme.alert(police, "waits")

    programme.settle(police)

    (waiting,) = police.waiting()
    assert waiting == (
        "northmere-programme has withdrawn its keys. Telephone there, compare the digits of the new ones and enter them "
        "on its page under Partners: then this is handled by itself."
    )
    row = police.partner(programme)
    assert row.withdrawn_at == AT
    assert PublicKeys.from_json(row.offered_keys).current.id == programme.keys().current.id
    assert (numbers(), police.dead()) == ([], [])


def test_once_the_digits_are_compared_everything_is_handled(two: tuple[Site, Site], stolen: KeySet) -> None:
    programme, police = two
    programme.alert(police, "to the police")
    police.alert(programme, "to the programme")
    programme.settle(police)

    police.compare(programme)
    programme.settle(police)

    assert sorted(numbers()) == ["to the police", "to the programme"]
    assert programme.partner(police).knows_key == programme.keys().current.id
    assert police.partner(programme).withdrawn_at is None
    assert (police.waiting(), police.dead(), programme.waiting(), programme.dead()) == ([], [], [], [])


def test_what_lay_in_the_outbox_is_signed_again(two: tuple[Site, Site]) -> None:
    programme, police = two
    programme.alert(police, "written before the rotation")
    programme.rotate(exposed=True)
    programme.restart()

    programme.settle(police)
    waiting = len(police.waiting())
    police.compare(programme)
    police.handle()

    assert (waiting, numbers()) == (1, ["written before the rotation"])


def test_what_had_arrived_before_the_withdrawal_is_handled(two: tuple[Site, Site]) -> None:
    programme, police = two
    programme.alert(police, "had arrived")
    programme.carry(police)
    programme.rotate(exposed=True)
    programme.restart()

    programme.settle(police)

    assert numbers() == ["had arrived"]


def test_what_is_for_the_withdrawn_partner_is_sealed_to_nobody_else_and_waits(
    two: tuple[Site, Site], stolen: KeySet
) -> None:
    programme, police = two

    police.alert(programme, "held")

    police.settle(programme)
    with police.at_work():
        (row,) = Outbox.objects.filter(kind="alert")
        exported = files.export_waiting(folder=police.folder, at=AT)
    assert (row.sent_at, exported) == (None, 0)
    assert (
        row.error
        == "It waits until the digits of the partner's new keys are compared and entered under Partners."
    )
    assert numbers() == []


def test_what_was_held_in_the_moment_of_comparing_is_released_by_the_clock(
    two: tuple[Site, Site], stolen: KeySet
) -> None:
    programme, police = two
    police.alert(programme, "held")
    with police.at_work():
        held = list(Outbox.objects.filter(kind="alert"))
        Outbox.objects.filter(kind="alert").delete()
    police.compare(programme)
    with police.at_work():
        Outbox.objects.bulk_create(held)

    programme.settle(police)

    assert numbers() == ["held"]


@pytest.mark.parametrize("compared", [False, True])
def test_a_stolen_key_announces_nothing(two: tuple[Site, Site], stolen: KeySet, compared: bool) -> None:
    programme, police = two
    if compared:
        police.compare(programme)
    known = police.partner(programme).keys

    police.receive(
        payloads.KeysAnnounced(forged(programme, stolen)), sender=programme.name, by=stolen, at=LATER
    )
    police.handle(at=LATER)

    assert police.partner(programme).keys == known
    assert (police.waiting(), police.dead()) == ([], [])


@pytest.mark.parametrize("compared", [False, True])
def test_a_stolen_key_sends_nothing(two: tuple[Site, Site], stolen: KeySet, compared: bool) -> None:
    programme, police = two
    if compared:
        police.compare(programme)
    alert = payloads.Alert(reason="concern", contact="forged", raised_at=LATER)

    police.receive(alert, sender=programme.name, by=stolen, at=LATER)
    police.handle(at=LATER)

    assert numbers() == []


@pytest.mark.parametrize("compared", [False, True])
def test_a_stolen_key_withdraws_nothing(two: tuple[Site, Site], stolen: KeySet, compared: bool) -> None:
    programme, police = two
    if compared:
        police.compare(programme)
    before = police.partner(programme)

    police.receive(
        payloads.KeysWithdrawn(forged(programme, stolen)), sender=programme.name, by=stolen, at=LATER
    )
    police.handle(at=LATER)

    after = police.partner(programme)
    assert (after.keys, after.withdrawn_at, after.offered_keys) == (
        before.keys,
        before.withdrawn_at,
        before.offered_keys,
    )
    assert police.waiting() == []


def test_a_thief_who_was_faster_than_the_withdrawal_has_nothing_after_it(two: tuple[Site, Site]) -> None:
    programme, police = two
    stolen = programme.keys().current
    theirs = sitekeys.rotate(keys=SiteKeys(programme.name, (stolen,)), on=DAY)
    police.receive(payloads.KeysAnnounced(theirs.public.to_json()), sender=programme.name, by=stolen)
    police.handle()
    assert PublicKeys.from_json(police.partner(programme).keys).current.id == theirs.current.id

    programme.rotate(exposed=True)
    programme.restart()
    programme.settle(police)
    alert = payloads.Alert(reason="concern", contact="forged", raised_at=LATER)
    police.receive(alert, sender=programme.name, by=theirs.current, at=LATER)
    police.handle(at=LATER)
    assert numbers() == []

    police.compare(programme, at=LATER)
    programme.alert(police, "ours", at=LATER)
    programme.settle(police, at=LATER)

    assert numbers() == ["ours"]
    assert PublicKeys.from_json(police.partner(programme).keys).current.id == programme.keys().current.id


def test_a_withdrawal_is_sent_once(two: tuple[Site, Site], stolen: KeySet) -> None:
    programme, _ = two

    programme.do_chores(at=AT.replace(year=2027))

    with programme.at_work():
        assert Outbox.objects.filter(kind="keys-withdrawn").count() == 1


def test_a_withdrawal_that_comes_after_the_digits_were_compared_is_only_confirmed(
    two: tuple[Site, Site],
) -> None:
    programme, police = two
    programme.rotate(exposed=True)
    programme.restart()
    police.compare(programme)

    programme.settle(police)

    assert police.partner(programme).withdrawn_at is None
    assert programme.partner(police).knows_key == programme.keys().current.id


def test_a_withdrawal_that_digits_and_a_further_rotation_overtook_withdraws_nothing(
    two: tuple[Site, Site],
) -> None:
    programme, police = two
    programme.rotate(exposed=True)
    programme.restart()
    programme.do_chores()
    programme.carry(police)
    programme.rotate()
    police.compare(programme)
    programme.alert(police, "signed with the key between", at=LATER)

    programme.settle(police, at=LATER)

    assert police.partner(programme).withdrawn_at is None
    assert (numbers(), police.waiting(), police.dead()) == (["signed with the key between"], [], [])


def test_a_second_exposure_before_the_digits_of_the_first_were_compared(
    two: tuple[Site, Site], stolen: KeySet
) -> None:
    programme, police = two
    programme.rotate(exposed=True)
    programme.restart()
    programme.alert(police, "after both")
    programme.settle(police)

    police.compare(programme)
    programme.settle(police)

    assert (numbers(), police.waiting(), police.dead()) == (["after both"], [], [])


def test_an_ordinary_rotation_after_an_exposure_is_announced(two: tuple[Site, Site], stolen: KeySet) -> None:
    programme, police = two
    police.compare(programme)
    programme.settle(police)
    programme.rotate()
    programme.restart()

    programme.settle(police)

    assert PublicKeys.from_json(police.partner(programme).keys).current.id == programme.keys().current.id
    assert programme.partner(police).knows_key == programme.keys().current.id


def test_a_partner_entered_after_an_exposure_is_told_nothing(two: tuple[Site, Site]) -> None:
    programme, police = two
    programme.rotate(exposed=True)
    programme.restart()
    with programme.at_work():
        Partner.objects.all().delete()
    programme.enter(police)

    programme.do_chores()

    with programme.at_work():
        assert not Outbox.objects.exists()
    assert programme.partner(police).knows_key == programme.keys().current.id


def test_a_restored_partner_hears_of_an_exposure_again(two: tuple[Site, Site]) -> None:
    programme, police = two
    backup = police.dump()
    programme.rotate(exposed=True)
    programme.restart()
    programme.settle(police)
    police.compare(programme)
    programme.settle(police)
    police.restore(backup)

    programme.reoffer(police)
    programme.settle(police)

    assert police.partner(programme).withdrawn_at == AT


def test_a_restored_partner_that_came_after_an_exposure_needs_no_withdrawal(two: tuple[Site, Site]) -> None:
    programme, police = two
    programme.rotate(exposed=True)
    programme.restart()
    with programme.at_work():
        Partner.objects.update(added_at=LATER.replace(year=2027))

    programme.reoffer(police)
    programme.do_chores()

    assert programme.partner(police).knows_key == programme.keys().current.id
    with programme.at_work():
        assert not Outbox.objects.exists()


@pytest.mark.parametrize("kind", [payloads.KeysAnnounced, payloads.KeysWithdrawn, payloads.KeysKnown])
def test_what_a_strangers_key_says_about_keys_changes_nothing(
    two: tuple[Site, Site], kind: type[payloads.KeysAnnounced]
) -> None:
    programme, police = two
    before = police.partner(programme)
    strange = sitekeys.generate(site=programme.name, on=DAY)

    police.receive(kind(strange.public.to_json()), sender=programme.name, by=strange.current)
    police.handle()

    after = police.partner(programme)
    assert (after.keys, after.withdrawn_at, after.knows_key) == (before.keys, None, before.knows_key)
    assert (police.waiting(), police.dead()) == ([], [])


def test_an_exposure_after_digits_that_were_compared_but_never_confirmed(
    two: tuple[Site, Site], stolen: KeySet
) -> None:
    programme, police = two
    police.compare(programme)  # its answer never arrives
    second = programme.keys().current
    programme.rotate(exposed=True)
    programme.restart()
    programme.do_chores(at=LATER)
    programme.carry(police, at=LATER)
    police.handle(at=LATER)

    assert police.partner(programme).withdrawn_at == LATER
    alert = payloads.Alert(reason="concern", contact="forged", raised_at=LATER)
    police.receive(alert, sender=programme.name, by=second, at=LATER + timedelta(minutes=1))
    police.handle(at=LATER + timedelta(minutes=1))
    assert numbers() == []
