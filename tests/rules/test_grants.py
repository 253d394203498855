"""Every table's rights are written down, and rows can be deleted only where the code deletes them."""

import ast
from collections.abc import Iterable
from typing import Any

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, models, transaction
from django.test.utils import isolate_apps
from tests.database import APP, OWNER
from tests.rules.code import Module, every, modules

from desist.programme.referrals.models import Referral
from desist.wall import grants

#: module that deletes -> the tables it deletes from
DELETES = {
    "accounts/throttle/commands.py": {"accounts_attempt"},
    "accounts/factors/commands.py": {
        "accounts_authenticator",
        "accounts_challenge",
        "accounts_passkey",
        "accounts_recoverycode",
    },
    "accounts/mailing/commands.py": {"accounts_outgoingemail"},
    # Django deletes here too: a session that ends, or whose key changes.
    "accounts/session_store.py": {"accounts_browsersession"},
    "advocacy/candidates/commands.py": {"advocacy_candidate"},
    "advocacy/evidence/commands.py": {
        "advocacy_block",
        "advocacy_hourcount",
        "advocacy_piece",
        "advocacy_record",
        "advocacy_transcript",
    },
    "advocacy/exhibits/commands.py": {"advocacy_exhibitpiece"},
    "advocacy/exhibits/contents.py": {
        "advocacy_exhibitrow",
        "advocacy_redaction",
        "advocacy_unusedreason",
    },
    "advocacy/incidents/commands.py": {"advocacy_incidentfile"},
    "advocacy/submissions/commands.py": {"advocacy_submittedpiece"},
    "advocacy/tags/commands.py": {"advocacy_tagged"},
    "partnership/attachments/commands.py": {"partnership_attachment"},
    "partnership/exhibits/commands.py": {"partnership_exhibitpiece"},
    "partnership/conditions/commands.py": {"partnership_condition"},
    "post/outbox.py": {"post_outbox"},
    "programme/referrals/enclosures/commands.py": {"programme_enclosure"},
    "programme/referrals/intake/commands.py": {
        "programme_enclosure"
    },  # the files of a draft that is taken in or discarded
    "programme/filters/commands.py": {"programme_keptfilter"},
    "programme/chains/commands.py": {"programme_chainlink", "programme_chainstep"},
    # Versions of a discarded draft, by a trigger that runs with the rights of the owner: the login has none there.
    "referral/forgetting.py": set(),
    # People of an import that is taken back, by a trigger of that kind.
    "programme/moving_in/models.py": set(),
    "advocacy/moving_in/models.py": set(),
    "restrictions/commands.py": {"wall_exclusion"},
    "merges/walls.py": {"wall_exclusion"},
}
PURE = ("desist_chronicle/", "desist_evaluation/")


def without_rights(ours: Iterable[type[models.Model]]) -> list[str]:
    """Return models of ours whose table the grants do not name."""
    return [
        model.__name__
        for model in ours
        if model.__module__.startswith(("desist.", "tests."))
        and not hasattr(model, "pgh_tracked_model")
        and model._meta.db_table not in grants.OURS
    ]


def deletes(module: Module) -> bool:
    """Return whether a module deletes rows, by the ORM or in SQL."""
    if module.is_migration or module.path.startswith(PURE):
        return False
    return "DELETE FROM" in module.text or any(
        isinstance(node.func, ast.Attribute) and node.func.attr == "delete"
        for node in every(module.tree, ast.Call)
    )


def test_every_model_of_ours_has_its_rights_written_down() -> None:
    assert without_rights(apps.get_models(include_auto_created=True)) == []


@isolate_apps()
def test_a_model_that_nobody_listed_is_found() -> None:
    class Planted(models.Model):
        class Meta:
            app_label = "programme"

    assert without_rights([Referral, Planted]) == ["Planted"]


def test_the_grants_name_no_table_that_does_not_exist() -> None:
    known = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}

    assert set(grants.OURS) - known == set()


def test_rows_may_be_deleted_only_where_the_code_deletes_them() -> None:
    deletable = {table for table, may in grants.OURS.items() if "DELETE" in may}

    assert {module.path for module in modules() if deletes(module)} == set(DELETES)
    assert deletable == set().union(*DELETES.values())


@pytest.mark.parametrize("text", ["row.delete()\n", 'SQL = "DELETE FROM programme_referral"\n'])
def test_a_module_that_deletes_is_found(text: str) -> None:
    assert deletes(Module("programme/referrals/commands.py", text))


@pytest.mark.django_db
def test_a_row_that_is_kept_cannot_be_deleted() -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"DELETE FROM {Referral._meta.db_table}")


@pytest.mark.django_db
def test_every_table_in_the_database_is_listed() -> None:
    assert grants.unlisted() == set()


HISTORY_THAT_CAN_BE_WRITTEN = """
SELECT relname FROM pg_class WHERE relname = ANY(%s) AND (
  NOT has_table_privilege(current_user, oid, 'SELECT')
  OR has_table_privilege(current_user, oid, 'INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
  OR has_any_column_privilege(current_user, oid, 'INSERT, UPDATE, REFERENCES'))
ORDER BY relname"""
#: functions that run with their owner's rights and look their names up where the caller says
LED_ASTRAY = """
SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE p.prosecdef AND n.nspname NOT IN ('pg_catalog', 'information_schema')
AND NOT coalesce('search_path=public, pg_temp' = ANY(p.proconfig), false)
ORDER BY 1"""


def history() -> list[str]:
    """Return the tables of the row history."""
    return [one._meta.db_table for one in apps.get_models() if hasattr(one, "pgh_tracked_model")]


def names(statement: str, *values: list[str]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return [name for (name,) in cursor.fetchall()]


@pytest.mark.django_db
def test_the_app_may_only_read_row_history() -> None:
    assert len(history()) > 50
    assert names(HISTORY_THAT_CAN_BE_WRITTEN, history()) == []


@pytest.mark.django_db
def test_what_runs_with_its_owners_rights_looks_names_up_where_the_owner_said() -> None:
    assert names(LED_ASTRAY) == []
    assert names("SELECT count(*)::text FROM pg_proc WHERE prosecdef") != ["0"]


@pytest.mark.django_db
def test_a_function_whose_search_path_the_caller_chooses_is_found() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION pg_temp.planted() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'"
        )

    (found,) = names(LED_ASTRAY)
    assert found.startswith("pg_temp")
    assert found.endswith(".planted()")


@pytest.mark.parametrize("right", ["INSERT", "UPDATE (given_names)", "DELETE", "TRUNCATE"])
def test_row_history_that_can_be_written_is_found(committed: Any, server: Any, right: str) -> None:
    with server.connect(committed.settings_dict["NAME"]) as superuser:
        superuser.execute(f"GRANT {right} ON programme_referralevent TO {APP}")

    assert names(HISTORY_THAT_CAN_BE_WRITTEN, history()) == ["programme_referralevent"]


def test_a_table_that_nobody_listed_gets_no_rights(committed: Any, server: Any) -> None:
    name = committed.settings_dict["NAME"]
    with server.connect(name) as superuser:
        superuser.execute(f"CREATE TABLE planted (); ALTER TABLE planted OWNER TO {OWNER}")
    sign_in(committed, OWNER, server)
    try:
        grants.apply(app=APP)
        found = grants.unlisted()
    finally:
        sign_in(committed, APP, server)

    assert found == {"planted"}
    with pytest.raises(ProgrammingError, match="permission denied"), committed.cursor() as cursor:
        cursor.execute("SELECT FROM planted")


def sign_in(database: Any, login: str, server: Any) -> None:
    database.close()
    database.settings_dict.update(USER=login, PASSWORD=server.login(login).password)
