"""Multiplying the people of a bench programme in its database: set by set, far faster than inventing them.

Each copy is a person of their own: keys are shifted, references made anew, the letters of a name and the date of birth
moved on, and everything that was written with them is copied too. Copies are held in no room.
"""

from string import ascii_lowercase

import psycopg
from psycopg.rows import scalar_row
from psycopg.sql import SQL, Composable, Composed, Identifier, Literal

#: the tables that hold people and what was written with them, each after those it points to
TABLES = (
    *("practitioner", "supervisionarrangement", "referral", "episode", "allocation", "session"),
    *("chain", "chainlink", "happening", "sentalert", "concern"),
)
#: columns of a text that no two rows share
UNIQUE = frozenset({"ref", "thread", "submission"})
#: keys of one copy, which no table of the people that were invented reaches
STEP = 10_000_000
#: the digits of a key as letters that a reference may have
DIGITS, LETTERS = "0123456789abcdef", "acdefghjklmnpqrt"
#: column of a name -> after how many copies its letters move on by one
NAMES = {"family_name": 1, "given_names": len(ascii_lowercase)}


def multiply(connection: psycopg.Connection, copies: int, *, without: frozenset[str] = frozenset()) -> None:
    """Add so many copies of the people in a programme, but of the tables `without`; a superuser asks for it.

    Triggers and foreign keys are not checked for these rows: a copy of what holds holds.
    """
    with connection.transaction():
        connection.execute("SET LOCAL session_replication_role = replica")
        for name in TABLES:
            if name not in without:
                connection.execute(_copy(connection, f"programme_{name}", copies))
        for name in TABLES:
            connection.execute(
                SQL("SELECT setval(pg_get_serial_sequence({table}, 'id'), max(id)) FROM {name}").format(
                    table=Literal(f"programme_{name}"), name=Identifier(f"programme_{name}")
                )
            )


def _copy(connection: psycopg.Connection, table: str, copies: int) -> Composed:
    cursor = connection.cursor(row_factory=scalar_row)
    columns = cursor.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped "
        "AND attgenerated = ''",
        [table],
    ).fetchall()
    inside = [f"programme_{name}" for name in TABLES]
    shifted = cursor.execute(
        "SELECT a.attname FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] "
        "WHERE c.contype = 'f' AND c.conrelid = %s::regclass AND c.confrelid::regclass::text = ANY(%s)",
        [table, inside],
    ).fetchall()
    values = [_value(column, {"id", *shifted}) for column in columns]
    return SQL(
        "INSERT INTO {table} ({columns}) OVERRIDING SYSTEM VALUE SELECT {values} FROM {table}, generate_series(1, {copies}) AS k"
    ).format(
        table=Identifier(table),
        columns=SQL(", ").join(map(Identifier, columns)),
        values=SQL(", ").join(values),
        copies=Literal(copies),
    )


def _value(column: str, shifted: set[str]) -> Composable:
    name = Identifier(column)
    if column in shifted:
        return SQL("{name} + k * {step}").format(name=name, step=Literal(STEP))
    if column in UNIQUE:
        # the row's own key in letters, backwards, so that neighbours in the table are none in the index
        made = SQL(
            "reverse(lpad(translate(to_hex(id + k * {step}), {digits}, {letters}), greatest(length({name}), 10), 'a'))"
        ).format(name=name, step=Literal(STEP), digits=Literal(DIGITS), letters=Literal(LETTERS))
        # an empty text stands for none, and is shared
        return SQL("CASE WHEN {name} = '' THEN {name} ELSE {made} END").format(name=name, made=made)
    if column in NAMES:
        return SQL(
            "translate({name}, {letters}, substr({letters} || {letters}, k / {every} % {count} + 1, {count}))"
        ).format(
            name=name,
            letters=Literal(ascii_lowercase),
            every=Literal(NAMES[column]),
            count=Literal(len(ascii_lowercase)),
        )
    if column == "born":
        return SQL("{name} + k").format(name=name)
    if column == "room_id":
        return SQL("NULL")
    return name
