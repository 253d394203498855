"""Many operations at once do what they would have done one after the other."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from desist.postgresql.migrations import AtOnce

pytestmark = pytest.mark.django_db


def create(name: str, *fields: tuple[str, models.ForeignKey[models.Model]]) -> migrations.CreateModel:
    return migrations.CreateModel(name, [("id", models.BigAutoField(primary_key=True)), *fields])


def operations() -> list[migrations.CreateModel]:
    """A model, and one before it that points to it."""
    return [
        create("Link", ("chain", models.ForeignKey("examples.Chain", on_delete=models.CASCADE))),
        create("Chain"),
    ]


def states() -> tuple[ProjectState, ProjectState]:
    before, after = ProjectState(), ProjectState()
    assert list(after.apps.get_models()) == []  # made already, as when an operation stands before it
    AtOnce(operations()).state_forwards("examples", after)
    return before, after


def test_every_table_is_made_and_points_where_it_should() -> None:
    before, after = states()

    with connection.schema_editor(collect_sql=True) as editor:
        AtOnce(operations()).database_forwards("examples", editor, before, after)

    made = "\n".join(editor.collected_sql)
    assert made.index('CREATE TABLE "examples_link"') < made.index('CREATE TABLE "examples_chain"')
    assert 'REFERENCES "examples_chain"' in made


def test_undoing_takes_the_last_away_first() -> None:
    before, after = states()

    with connection.schema_editor(collect_sql=True) as editor:
        AtOnce(operations()).database_backwards("examples", editor, after, before)

    undone = "\n".join(editor.collected_sql)
    assert undone.index('DROP TABLE "examples_chain"') < undone.index('DROP TABLE "examples_link"')


def test_it_says_how_it_is_written_and_how_much_it_does() -> None:
    one = AtOnce(operations())

    assert one.deconstruct() == ("AtOnce", [one.operations], {})
    assert one.describe() == "2 operations at once"
