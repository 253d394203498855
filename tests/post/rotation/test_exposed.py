"""Keys that may be known to others: nobody believes them any more, people compare digits, and meanwhile all waits visibly."""

from datetime import timedelta
from itertools import product

import pytest
from tests.post.two_sites import AT, DAY, HANDLED, Site

from desist.keys import sitekeys
from desist.keys.public import PublicKeys
from desist.keys.sitekeys import KeySet, SiteKeys
from desist.post import files, payloads
from desist.post.models import Inbox, Outbox, Partner
from desist.post.outbox import HELD_WHY, UNREAD_WHY
from desist.post.rotation import commands
from desist.post.rotation.commands import AGAIN
from desist.wall import actors

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


def expose(site: Site) -> None:
    """Rotate as documented when others may know the keys: stop, rotate, start; the worker does its chores."""
    site.rotate(exposed=True)
    site.restart()
    site.look_again()
    site.do_chores()


def held(site: Site) -> list[str]:
    """Return why envelopes that are not about keys wait to leave."""
    with site.at_work():
        return list(Outbox.objects.filter(sent_at=None, kind="alert").values_list("error", flat=True))


def test_a_site_signs_with_no_exposed_key_and_its_envelopes_wait_for_the_digits(
    two: tuple[Site, Site], stolen: KeySet
) -> None:
    programme, police = two
    programme.alert(police, "waits")

    programme.settle(police)

    assert held(programme) == [UNREAD_WHY]
    assert UNREAD_WHY == (
        "It waits until the partner has compared the digits of this site's new keys. Telephone them and read out the "
        "digits that stand under Partners."
    )
    row = police.partner(programme)
    assert row.withdrawn_at == AT
    assert PublicKeys.from_json(row.offered_keys).current.id == programme.keys().current.id
    assert (numbers(), police.waiting(), police.dead()) == ([], [], [])


def test_what_comes_signed_with_a_new_key_before_its_digits_are_compared_waits_and_says_why(
    two: tuple[Site, Site], stolen: KeySet
) -> None:
    programme, police = two
    alert = payloads.Alert(reason="concern", contact="waits", raised_at=AT)
    police.receive(alert, sender=programme.name, by=programme.keys().current)
    police.handle()
    (waiting,) = police.waiting()
    assert waiting == (
        "northmere-programme has withdrawn its keys. Telephone there, compare the digits of the new ones and enter them "
        "on its page under Partners: then this is handled by itself."
    )

    police.compare(programme)
    police.handle()

    assert (numbers(), police.waiting()) == (["waits"], [])


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
    assert (held(programme), police.waiting(), numbers()) == ([UNREAD_WHY], [], [])
    police.compare(programme)
    programme.settle(police)

    assert (held(programme), police.waiting(), numbers()) == ([], [], ["written before the rotation"])


def test_what_a_process_wrote_that_was_not_stopped_is_held_by_the_clock(
    two: tuple[Site, Site], stolen: KeySet
) -> None:
    programme, police = two
    started = programme.starts
    programme.starts = started - 1
    programme.alert(police, "of before")
    programme.starts = started
    assert held(programme) == [""]

    programme.do_chores()
    assert held(programme) == [UNREAD_WHY]
    police.compare(programme)
    programme.settle(police)

    assert (numbers(), police.waiting()) == (["of before"], [])


def test_what_was_held_while_a_confirmation_came_is_released_by_the_clock(
    two: tuple[Site, Site], stolen: KeySet
) -> None:
    programme, police = two
    programme.alert(police, "held")
    with programme.at_work():
        rows = list(Outbox.objects.filter(kind="alert"))
        Outbox.objects.filter(kind="alert").delete()
    police.compare(programme)
    programme.settle(police)
    with programme.at_work():
        Outbox.objects.bulk_create(rows)

    programme.settle(police)

    assert numbers() == ["held"]


def test_what_newer_keys_hold_waits_for_a_process_that_has_them(two: tuple[Site, Site]) -> None:
    programme, police = two
    expose(police)
    police.settle(programme)
    started = programme.starts
    programme.rotate()
    programme.restart()
    programme.alert(police, "sealed here to the newest key")

    programme.starts = started
    programme.compare(police)
    assert held(programme) == [HELD_WHY]
    programme.starts = started + 1
    programme.settle(police)

    assert (numbers(), programme.dead(), police.dead()) == (["sealed here to the newest key"], [], [])


def test_what_is_carried_as_files_waits_for_the_digits_too(two: tuple[Site, Site], stolen: KeySet) -> None:
    programme, police = two
    with programme.at_work():
        Partner.objects.update(transport="file")
    programme.alert(police, "carried")

    with programme.at_work():
        assert files.export_waiting(folder=programme.folder, at=AT) == 0
    police.compare(programme)
    police.settle(programme)
    with programme.at_work():
        Outbox.objects.update(sent_at=None)
        assert files.export_waiting(folder=programme.folder, at=AT) == 2  # the withdrawal, and the alert


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


def test_what_a_thief_announced_before_the_withdrawal_and_is_handled_after_it_changes_nothing(
    two: tuple[Site, Site],
) -> None:
    programme, police = two
    stolen = programme.keys().current
    announced = payloads.KeysAnnounced(forged(programme, stolen))
    police.receive(announced, sender=programme.name, by=stolen)
    with police.at_work():
        Inbox.objects.update(next_at=LATER)
    expose(programme)
    programme.settle(police)
    withdrawn = police.partner(programme)

    police.handle(at=LATER)

    after = police.partner(programme)
    assert (after.keys, after.withdrawn_at) == (withdrawn.keys, AT)
    assert (police.waiting(), police.dead()) == ([], [])


def test_a_withdrawal_is_repeated_until_it_is_confirmed_as_an_answer_may_be_lost(
    two: tuple[Site, Site], stolen: KeySet
) -> None:
    programme, police = two
    programme.alert(police, "waits")
    police.compare(programme)
    with police.at_work():
        Outbox.objects.all().delete()
    programme.settle(police, at=AT + AGAIN - timedelta(minutes=1))
    with programme.at_work():
        assert Outbox.objects.filter(kind="keys-withdrawn").count() == 1
    assert held(programme) == [UNREAD_WHY]

    programme.settle(police, at=AT + AGAIN)

    assert (numbers(), police.partner(programme).withdrawn_at) == (["waits"], None)
    programme.do_chores(at=AT + 3 * AGAIN)
    with programme.at_work():
        assert Outbox.objects.filter(kind="keys-withdrawn").count() == 2


def test_of_withdrawals_that_have_not_left_only_the_last_goes(two: tuple[Site, Site]) -> None:
    programme, _ = two
    expose(programme)
    programme.do_chores(at=AT + AGAIN)

    with programme.at_work():
        assert Outbox.objects.filter(kind="keys-withdrawn").count() == 1


def test_a_partner_that_is_told_by_hand_gets_no_answer_about_its_keys(
    two: tuple[Site, Site], stolen: KeySet
) -> None:
    programme, police = two
    with police.at_work():
        Partner.objects.update(transport="by_hand")

    police.compare(programme)

    with police.at_work():
        assert not Outbox.objects.exists()


def test_nothing_leaves_any_more_from_the_moment_of_the_withdrawal(two: tuple[Site, Site]) -> None:
    programme, police = two
    programme.alert(police, "lies there")
    ref = programme.partner(police).ref
    programme.rotate(exposed=True)
    programme.restart()

    with programme.at_work():
        assert commands.tell(actor=actors.clock(), ref=ref, at=AT)

    assert held(programme) == [UNREAD_WHY]


def test_a_partner_that_another_worker_has_told_is_not_told_again(
    two: tuple[Site, Site], stolen: KeySet
) -> None:
    programme, police = two
    ref = programme.partner(police).ref

    with programme.at_work():
        assert not commands.tell(actor=actors.clock(), ref=ref, at=AT)


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


def test_a_withdrawal_that_had_arrived_before_digits_were_compared_and_is_handled_after_withdraws_nothing(
    two: tuple[Site, Site],
) -> None:
    programme, police = two
    expose(programme)
    programme.carry(police)
    expose(programme)
    programme.carry(police)
    police.compare(programme, at=LATER)

    police.handle(at=LATER)
    programme.alert(police, "after both", at=LATER)
    programme.settle(police, at=LATER)

    assert police.partner(programme).withdrawn_at is None
    assert (numbers(), police.waiting()) == (["after both"], [])


def test_a_withdrawal_told_again_after_a_further_rotation_confirms_the_key_whose_digits_were_compared(
    two: tuple[Site, Site], stolen: KeySet
) -> None:
    programme, police = two
    programme.alert(police, "waits")
    police.compare(programme)
    with police.at_work():
        Outbox.objects.all().delete()
    programme.rotate()
    programme.restart()

    programme.settle(police, at=LATER)

    assert (numbers(), police.partner(programme).withdrawn_at) == (["waits"], None)
    programme.settle(police, at=LATER + AGAIN)
    assert programme.partner(police).knows_key == programme.keys().current.id


def test_a_thief_who_vouches_for_the_new_keys_prolongs_nothing(two: tuple[Site, Site]) -> None:
    programme, police = two
    stolen = programme.keys().current
    programme.rotate(exposed=True)
    (new,) = programme.public().keys
    vouched = PublicKeys(programme.name, (new.vouched_by(stolen.sign, site=programme.name), stolen.public))
    police.receive(payloads.KeysAnnounced(vouched.to_json()), sender=programme.name, by=stolen)
    police.handle()
    assert PublicKeys.from_json(police.partner(programme).keys).current.id == new.id

    programme.restart()
    programme.do_chores()
    programme.carry(police)
    police.handle()
    alert = payloads.Alert(reason="concern", contact="forged", raised_at=LATER)
    police.receive(alert, sender=programme.name, by=stolen, at=LATER)
    police.handle(at=LATER)

    assert (police.partner(programme).withdrawn_at, numbers()) == (AT, [])


@pytest.mark.parametrize(("at_once", "programme_first", "between"), list(product([True, False], repeat=3)))
def test_both_sites_expose_their_keys(
    two: tuple[Site, Site], at_once: bool, programme_first: bool, between: bool
) -> None:
    programme, police = two
    number = iter(range(100))

    def alert() -> None:
        for one, other in ((programme, police), (police, programme)):
            one.alert(other, str(next(number)))

    alert()
    for site in two:
        expose(site)
        alert()
        if not at_once:
            programme.settle(police)
    programme.settle(police)
    alert()
    one, other = (programme, police) if programme_first else (police, programme)
    for here, there in ((one, other), (other, one)):
        here.compare(there)
        alert()
        if between:
            programme.settle(police)

    programme.settle(police)

    assert sorted(map(int, numbers())) == list(range(next(number)))
    for site in two:
        assert (held(site), site.waiting(), site.dead()) == ([], [], [])


def test_an_envelope_that_waits_for_digits_on_both_sides_says_what_is_still_to_be_done(
    two: tuple[Site, Site],
) -> None:
    programme, police = two
    expose(police)
    police.settle(programme)
    programme.alert(police, "both")
    expose(programme)
    programme.settle(police)
    assert held(programme) == [HELD_WHY]

    programme.compare(police)

    assert held(programme) == [UNREAD_WHY]


def test_what_a_partner_sends_arrives_although_nothing_is_written_to_it_any_more(
    two: tuple[Site, Site], stolen: KeySet
) -> None:
    programme, police = two
    programme.alert(police, "can still be read")
    police.compare(programme)
    with police.at_work():
        Outbox.objects.all().delete()
        Partner.objects.update(ended_at=AT)

    programme.settle(police, at=AT + AGAIN)

    assert numbers() == ["can still be read"]


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


def test_what_is_offered_again_waits_for_the_digits_as_well(two: tuple[Site, Site]) -> None:
    programme, police = two
    backup = police.dump()
    expose(programme)
    programme.settle(police)
    police.compare(programme)
    programme.settle(police)
    programme.alert(police, "after the backup")
    programme.settle(police)
    HANDLED.clear()
    police.restore(backup)

    programme.reoffer(police)
    assert held(programme) == [UNREAD_WHY]
    programme.settle(police)
    assert (numbers(), police.waiting()) == ([], [])
    police.compare(programme)
    programme.settle(police)

    assert (numbers(), police.waiting()) == (["after the backup"], [])


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


def test_nothing_is_lost_when_keys_are_exposed_again_before_digits_were_compared(
    two: tuple[Site, Site],
) -> None:
    programme, police = two
    expose(police)
    police.compare(programme)
    police.alert(programme, "0")
    police.do_chores()
    police.carry(programme)
    police.alert(programme, "1")
    police.handle()
    expose(police)
    police.do_chores()
    police.handle()

    for site in two:
        site.restart()
        site.look_again()
    programme.settle(police)
    programme.compare(police)
    police.compare(programme)
    programme.settle(police)

    assert sorted(numbers()) == ["0", "1"]
    assert (programme.waiting(), police.waiting()) == ([], [])
