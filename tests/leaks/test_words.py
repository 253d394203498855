"""What is stored already is read, told by its row and never by its words, and no column that is typed in is forgotten."""

import importlib

import pytest
from django.apps import apps
from tests.programme import factories
from tests.rules.code import modules

from desist.leaks import words
from desist.ui import fields
from desist.ui.forms import Form
from desist.ui.words import READ, FalseAlarm, Override
from desist.wall import clearances
from desist.wall.actors import Actor, Role

#: fields that are kept nowhere under their own name: where their words are
ELSEWHERE = {
    "programme.calendar.planner.forms.WhereAndWho.others": "programme.Session and programme.Assessment",
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
def test_a_zone_reads_its_own_tables_alone() -> None:
    assert list(words.stored(site="x", columns={"nowhere.Table": ("words",)})) == []


def typed_in() -> dict[str, str]:
    """Field of the programme whose words are shown or cross -> the folder of its form."""
    found = {}
    for module in modules():
        if not (module.path.startswith("programme/") and module.path.endswith("/forms.py")):
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
    read = {name for table, names in words.COLUMNS.items() for name in names}

    assert {where for where, name in typed_in().items() if name not in read} <= set(ELSEWHERE)


def test_every_column_that_is_read_is_there() -> None:
    for table, names in words.COLUMNS.items():
        assert {one.name for one in apps.get_model(table)._meta.get_fields()} >= {"ref", *names}
