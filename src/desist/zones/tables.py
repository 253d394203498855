"""Whether a site's database has the tables of this version: read once from PostgreSQL's catalogue, before it serves."""

from collections.abc import Iterable, Iterator
from importlib.metadata import version
from importlib.util import find_spec
from pkgutil import iter_modules

import pgtrigger
from django.apps import apps
from django.db import connection, models

from desist.wall import grants

#: the number of differences that are named; the rest is counted
NAMED = 3
#: in the name of a migration from which new sites begin, and which others need not have applied
START = ".0001_squashed_"
#: PostgreSQL's name of a type -> Django's
TYPES = {"character varying": "varchar", "time without time zone": "time", "numeric(5,1)": "numeric(5, 1)"}
COLUMNS = """
SELECT c.relname || '.' || a.attname, format_type(a.atttypid, a.atttypmod),
       ARRAY[CASE WHEN a.attnotnull THEN 'required' ELSE 'optional' END]
       || ARRAY(SELECT 'unique' FROM pg_index i WHERE i.indrelid = c.oid AND i.indisunique AND i.indpred IS NULL
                   AND i.indnatts = 1 AND i.indkey[0] = a.attnum)
       || ARRAY(SELECT 'a reference' FROM pg_constraint r WHERE r.conrelid = c.oid AND r.contype = 'f'
                   AND r.conkey = ARRAY[a.attnum]),
       a.attnotnull AND NOT a.atthasdef AND a.attidentity = ''
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
 WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind = 'r' AND pg_table_is_visible(c.oid)"""
NAMES = """
SELECT c.relname || ': ' || name FROM pg_class c JOIN (
       SELECT conrelid AS of, conname AS name FROM pg_constraint
       UNION ALL SELECT indrelid, relname FROM pg_index JOIN pg_class i ON i.oid = indexrelid WHERE indisvalid
       UNION ALL SELECT tgrelid, tgname FROM pg_trigger WHERE tgenabled <> 'D') named ON named.of = c.oid
 WHERE pg_table_is_visible(c.oid)"""
RIGHTS = """
SELECT "right" || ' on ' || c.relname
  FROM pg_class c, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) AS "right"
 WHERE c.relkind = 'r' AND pg_table_is_visible(c.oid) AND has_table_privilege(c.oid, "right")"""


def reasons(*, site: str) -> list[str]:
    """The reason why this version cannot run on the site's database, with the command to run; [] where it can."""
    said = newer(site=site) or _older(site) or _differing(site) or _without_rights()
    return [said] if said else []


def newer(*, site: str) -> str:
    """The sentence about a database that a later version migrated; "" where none did."""
    foreign = {config.label for config in apps.get_app_configs() if not config.name.startswith("desist.")}
    beyond = sorted(one for one in _applied() - _known() if one.partition(".")[0] not in foreign)
    if not beyond:
        return ""
    return (
        f"The database of {site} is newer than this program: it has {_first(beyond, ', ')}, which Desist "
        f"{version('desist')} does not know. Nothing was changed. Run the version of Desist that migrated it, or a "
        "newer one."
    )


def _older(site: str) -> str:
    waiting = sorted(one for one in _known() - _applied() if START not in one)
    if not waiting:
        return ""
    are = "are" if waiting[1:] else "is"
    return (
        f"The tables of {site} are older than this version of Desist: {_first(waiting, ', ')} {are} not applied. "
        "Run `./desist migrate`."
    )


def _differing(site: str) -> str:
    found = sorted(_differences())
    if not found:
        return ""
    return (
        f"The tables of {site} are not as the migrations of this version make them: {_first(found, '; ')}. Bring "
        "the site back from a backup (`./desist restore`) that this version or an earlier one made, 0.1.0 or "
        "newer, and run `./desist migrate`."
    )


def _without_rights() -> str:
    lacking = sorted(_wanted_rights() - _column(RIGHTS))
    if not lacking:
        return ""
    login = connection.settings_dict["USER"]
    return f"The login {login} lacks {_first(lacking, ', ')}. Run `./desist migrate`, which sets the rights."


def _differences() -> Iterator[str]:
    """The differences: fields of models without a column, and columns that no model fills."""
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        rows = cursor.fetchall()
    has = {name: {f"of type {_in_django(type_)}", *words} for name, type_, words, _ in rows}
    wanted = dict(_wanted_columns())
    for name, words in wanted.items():
        if name not in has:
            yield f"there is no {name}"
        elif lacking := words - has[name]:
            yield f"{name} is not {' and not '.join(sorted(lacking))}"
    tables = {name.partition(".")[0] for name in wanted}
    for name, _, _, must in rows:
        if must and name not in wanted and name.partition(".")[0] in tables:
            yield f"{name} must be filled and this version does not know it"
    yield from (f"there is no {name}" for name in set(_wanted_names()) - _column(NAMES))


def _models() -> list[type[models.Model]]:
    found = apps.get_models()
    return [model for model in found if model._meta.managed and not model._meta.proxy]


def _wanted_columns() -> Iterator[tuple[str, set[str]]]:
    for model in _models():
        for field in model._meta.get_fields(include_parents=False):
            if not isinstance(field, models.Field) or (type_ := field.db_type(connection)) is None:
                continue
            words = {f"of type {type_}", "optional" if field.null else "required"}
            words |= {"unique"} if field.unique else set()
            if isinstance(field, models.ForeignKey) and field.deconstruct()[3].get("db_constraint", True):
                words |= {"a reference"}
            yield f"{model._meta.db_table}.{field.column}", words


def _wanted_names() -> Iterator[str]:
    for model in _models():
        for named in (*model._meta.constraints, *model._meta.indexes):
            yield f"{model._meta.db_table}: {named.name}"
    for of, trigger in pgtrigger.registered():
        yield f"{of._meta.db_table}: {trigger.get_pgid(of)}"


def _wanted_rights() -> set[str]:
    here = {model._meta.db_table for model in _models()}
    given = {table: rights for table, rights in grants.rights().items() if table in here}
    return {f"{right} on {table}" for table, rights in given.items() for right in rights.split(", ")}


def _known() -> set[str]:
    """The migrations of this version, of every app of the zone."""
    folders = {config.label: find_spec(f"{config.name}.migrations") for config in apps.get_app_configs()}
    return {
        f"{label}.{module.name}"
        for label, spec in folders.items()
        for module in iter_modules((spec and spec.submodule_search_locations) or [])
    }


def _applied() -> set[str]:
    """The applied migrations of the database; none where it is empty."""
    if "django_migrations" not in connection.introspection.table_names():
        return set()
    return _column("SELECT app || '.' || name FROM django_migrations")


def _column(query: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {name for (name,) in cursor.fetchall()}


def _in_django(type_: str) -> str:
    for name, theirs in TYPES.items():
        type_ = type_.replace(name, theirs)
    return type_


def _first(found: Iterable[str], between: str) -> str:
    named = list(found)
    more = [f"and {len(named) - NAMED} more"] if len(named) > NAMED else []
    return between.join([*named[:NAMED], *more])
