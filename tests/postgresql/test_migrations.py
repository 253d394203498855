"""Many operations at once do what they would have done one after the other; comments are written in one go."""

from typing import Any

import pytest
from django.apps import apps
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from desist.postgresql.migrations import AtOnce, Comments

pytestmark = pytest.mark.django_db


def create(name: str, *fields: tuple[str, "models.Field[Any, Any]"]) -> migrations.CreateModel:
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


def diary() -> ProjectState:
    """A model with its history, as they are before they say what their fields hold."""
    state = ProjectState()
    words: tuple[str, models.Field[Any, Any]] = ("words", models.CharField(max_length=40))
    link: tuple[str, models.Field[Any, Any]] = (
        "chain",
        models.ForeignKey("examples.Chain", on_delete=models.CASCADE),
    )
    for made in (create("Chain"), create("Day", words, link), create("DayEvent", words)):
        made.state_forwards("examples", state)
    return state


COMMENTS = Comments({"Day": {"words": "The person's own words", "chain": "Of 100 % of the day"}})


def test_what_fields_hold_is_said_of_the_row_and_of_its_history() -> None:
    before = diary()
    after = before.clone()

    COMMENTS.state_forwards("examples", after)

    said = {
        (model, name): field.db_comment
        for (_, model), state in after.models.items()
        for name, field in state.fields.items()
        if field.db_comment
    }
    assert said == {
        ("day", "words"): "The person's own words",
        ("day", "chain"): "Of 100 % of the day",
        ("dayevent", "words"): "The person's own words",
    }
    assert {field.db_comment for field in before.models["examples", "day"].fields.values()} == {None}


def test_what_fields_hold_is_written_of_their_columns_and_taken_away_again() -> None:
    before = diary()
    after = before.clone()
    COMMENTS.state_forwards("examples", after)

    with connection.schema_editor(collect_sql=True) as editor:
        COMMENTS.database_forwards("examples", editor, before, after)
        COMMENTS.database_backwards("examples", editor, after, before)

    written, undone = (statements.removesuffix(";").split(";\n") for statements in editor.collected_sql)
    assert written == [
        """COMMENT ON COLUMN "examples_day"."words" IS 'The person''s own words'""",
        """COMMENT ON COLUMN "examples_day"."chain_id" IS 'Of 100 % of the day'""",
        """COMMENT ON COLUMN "examples_dayevent"."words" IS 'The person''s own words'""",
    ]
    assert undone == [f"{one.partition(' IS ')[0]} IS NULL" for one in written]


def test_comments_say_how_they_are_written_and_how_much_they_say() -> None:
    assert COMMENTS.deconstruct() == ("Comments", [COMMENTS.comments], {})
    assert COMMENTS.describe() == "Comments on the fields of 1 models"


def test_the_database_says_of_every_column_what_its_field_says() -> None:
    """A table that no model has any more stays until no old code runs; its comments stay as they were."""
    said = {
        f"{model._meta.db_table}.{field.column}": field.db_comment
        for model in apps.get_models()
        if model.__module__.startswith("desist.")
        for field in model._meta.concrete_fields
        if field.db_comment
    }

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname || '.' || attname, col_description(attrelid, attnum) FROM pg_attribute "
            "JOIN pg_class c ON c.oid = attrelid WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace "
            "AND col_description(attrelid, attnum) IS NOT NULL"
        )
        written = dict(cursor.fetchall())

    assert len(said) > 2000
    tables = {column.partition(".")[0] for column in said}
    assert {column: words for column, words in written.items() if column.partition(".")[0] in tables} == said
