"""What is stored already is read, told by its row and never by its words, and no column that is typed in is forgotten."""

import importlib
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from tests.advocacy import factories as advocacy
from tests.partnership.orders import factories as orders
from tests.programme import factories
from tests.rules.code import modules

from desist.advocacy.contacts.models import Arrangement
from desist.advocacy.incidents.models import Addition
from desist.advocacy.safety.models import Note
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.models import PersonKey
from desist.keys import keyfile
from desist.references import reference
from desist.ui import fields
from desist.ui.forms import Form
from desist.ui.words import READ, FalseAlarm, Override
from desist.wall import clearances
from desist.wall.actors import Actor, Role
from tools.leaks import locked, words

#: fields that are kept nowhere under their own name: where their words are
ELSEWHERE = {
    "advocacy.candidates.forms.Decide.account": "advocacy.Incident, as what happened",
    "programme.calendar.planner.forms.WhereAndWho.others": "programme.Session and programme.Assessment",
    "programme.letters.forms.Write.more": "kept in the letter's PDF alone, and read before that is written",
    **{
        f"programme.plans.coping.forms.Coping.{part}": "programme.CopingLine, a row for each line"
        for part in ("signs", "ring", "helps")
    },
    "programme.disclosures.forms.TypeIn.necessity": "asked of another zone's disclosures",
}


@pytest.mark.django_db
def test_what_nobody_answered_for_is_told_without_its_words() -> None:
    kit = factories.practitioner(account=factories.account(name="Kit Marlow"))
    episode = factories.episode(referral=factories.referral(), practitioner=kit)
    first = factories.session(episode=episode, number=1, agenda="Ring 07700 900123, then 12 Quarry Lane")
    factories.session(episode=episode, number=2, agenda="Sleep")

    found = list(words.stored(site="some-programme"))

    assert found == [
        words.Stored("some-programme", "programme.Session", first.ref, "agenda", "telephone number, address")
    ]


@pytest.mark.django_db
def test_what_somebody_answered_for_is_no_finding() -> None:
    episode = factories.episode(referral=factories.referral())
    goal = factories.goal(episode=episode, words="Not past 12 Quarry Lane")
    assert [one.row for one in words.stored(site="x")] == [goal.ref]

    import uuid

    from django.db import transaction

    with transaction.atomic():
        clearances.hold(
            named="programme.episode:x",
            texts={"words": "Not past 12 Quarry Lane"},
            override=Override(FalseAlarm.AGENCY),
            actor=Actor("kit", Role.PRACTITIONER, "Northmere", uuid.uuid4()),
            at=factories.NOW,
        )

    assert list(words.stored(site="x")) == []


@pytest.mark.django_db
def test_what_two_people_released_of_an_order_is_no_finding() -> None:
    order = orders.in_force(conditions=0)
    one = orders.condition(order=order, text="Not to enter 14 Heron Mill Lane")
    found = [words.Stored("x", "partnership.Condition", one.ref, "text", "address")]
    assert list(words.stored(site="x")) == found

    orders.released(order=order)
    assert list(words.stored(site="x")) == []

    one.text = "Not to enter 15 Heron Mill Lane"
    one.save()
    assert list(words.stored(site="x")) == found


@pytest.mark.django_db
def test_a_zone_reads_its_own_tables_alone() -> None:
    assert list(words.stored(site="x", columns={"nowhere.Table": ("words",)})) == []


#: zones whose fields say who reads their words
ZONES = ("advocacy/", "partnership/", "programme/")


def typed_in() -> dict[str, str]:
    """Field of these zones whose words are shown or cross -> its name."""
    found = {}
    for module in modules():
        if not (module.path.startswith(ZONES) and module.path.endswith("/forms.py")):
            continue
        loaded = importlib.import_module(f"desist.{module.path[:-3].replace('/', '.')}")
        for kind in vars(loaded).values():
            if not (isinstance(kind, type) and issubclass(kind, Form) and kind.__module__ == loaded.__name__):
                continue
            for name, field in kind.base_fields.items():
                if isinstance(field, fields.Text) and field.audience in READ:
                    found[f"{kind.__module__.removeprefix('desist.')}.{kind.__name__}.{name}"] = name
    return found


def test_every_field_that_is_typed_in_is_a_column_that_is_read() -> None:
    read = {(table.partition(".")[0], name) for table, names in words.COLUMNS.items() for name in names}
    unread = {where for where, name in typed_in().items() if (where.partition(".")[0], name) not in read}

    assert unread <= set(ELSEWHERE)


def test_every_column_that_is_read_is_there() -> None:
    for table, names in words.COLUMNS.items():
        columns = {one.name for one in apps.get_model(table)._meta.get_fields()}
        if lock := locked.LOCKS.get(table):
            assert columns >= {"words", lock.client.partition("__")[0]}
            assert set(names) <= (set(lock.holds.__dataclass_fields__) if lock.holds else {"words"})
        else:
            assert columns >= {words.KNOWN_BY.get(table, "ref").partition("__")[0], *names}


LOCATED = "He waited at 12 Quarry Lane"


def rows_of_a_client() -> dict[str, str]:
    """Table -> a row of each kind of words that leave, each with an address; beside them a private note, which stays."""
    client = advocacy.victim(locators=())
    box = vault.box(person=client.ref)

    def lock(field: str, row: str, **texts: str) -> bytes:
        return box.lock(field=field, row=row, text=json.dumps(texts))

    incident = advocacy.incident(victim=client.ref)
    incident.words = lock("incident", incident.ref, what="Stood there", kept=LOCATED, place=LOCATED)
    incident.save()
    told = advocacy.disclosure(victim=client.ref)
    told.words = lock("disclosure", told.ref, words="x", necessity=LOCATED, proportionality="x")
    told.save()
    for ref in ("evidence", "private"):
        Note.objects.create(
            ref=ref,
            victim=client,
            layer=ref,
            words=box.lock(field="note", row=ref, text=LOCATED),
            written_by="fable",
            written_at=factories.NOW,
            submission=ref,
        )
    ref = reference()
    added = Addition.objects.create(
        ref=ref,
        incident=incident,
        words=box.lock(field="incident addition", row=ref, text=LOCATED),
        added_by="fable",
        added_at=factories.NOW,
        submission=ref,
    )
    said = lock("contact words", client.ref, say=LOCATED, remarks=LOCATED)
    Arrangement.objects.create(victim=client, words=said, changed_by="fable", changed_at=factories.NOW)
    return {
        "Addition": f"{added.ref} words",
        "Arrangement": f"{client.ref} say",
        "Disclosure": f"{told.ref} necessity",
        "Incident": f"{incident.ref} kept",
        "Note": "evidence words",
    }


@pytest.fixture
def _keys(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DESIST_SITE = "harbour-advocacy"
    monkeypatch.setenv("DESIST_DATA", str(tmp_path))
    keyfile.create(folder=tmp_path, site="harbour-advocacy", on=date(2026, 1, 1))


@pytest.mark.django_db
@pytest.mark.usefixtures("_keys")
def test_words_that_are_locked_are_opened_and_read() -> None:
    expected = rows_of_a_client()

    found = {
        one.table.partition(".")[2]: f"{one.row} {one.field}" for one in words.stored(site="harbour-advocacy")
    }

    assert found == expected
    assert len(list(words.stored(site="harbour-advocacy"))) == len(expected)


@pytest.mark.django_db
@pytest.mark.usefixtures("_keys")
def test_what_a_destroyed_key_locked_is_no_finding() -> None:
    rows_of_a_client()
    PersonKey.objects.update(destroyed_at=factories.NOW, destroyed_by="noor", wrapped=b"")

    assert list(words.stored(site="harbour-advocacy")) == []
