"""The login of the person's own pages: it may call some functions, reaches no row otherwise, and is told of one person alone."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.utils import timezone
from tests.database import APP, OWNER
from tests.participant.conftest import coping, invitation, on_the_programme
from tests.programme import factories

from desist.phones import FUNCTIONS, SIGNATURES
from desist.programme.phones.models import PhoneRequest
from desist.programme.sessions.diary.models import DiaryDay, DiaryTarget
from desist.programme.sessions.practice.models import SkillPractice
from desist.wall import grants
from desist.zones import refusals

LOGIN = "phones_app"
LOOKS = (
    *("phone_diary", "phone_appointments", "phone_homework", "phone_requests", "phone_own", "phone_practice"),
    "phone_skills_used",
    *("phone_plan", "phone_goals", "phone_questions", "phone_feedback", "phone_notice"),
)
#: looks whose answer holds none of a person's own words
WORDLESS = ("phone_requests", "phone_questions", "phone_feedback")
SECRETS = {"Robin": "robin-" + "r" * 40, "Sam": "sam-" + "s" * 40}
TABLES = """
SELECT c.oid::regclass::text, c.relkind::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND c.relkind IN ('r', 'p', 'v', 'm', 'S') ORDER BY 1"""


@pytest.fixture
def phones(committed: Any, server: Any) -> Iterator[tuple[psycopg.Connection, Any]]:
    """The login's own connection and a superuser's; Robin and Sam are signed in, each with rows that name them."""
    name, at = committed.settings_dict["NAME"], timezone.now()
    app, password = committed.settings_dict["USER"], committed.settings_dict["PASSWORD"]
    with server.connect(name) as superuser:
        if superuser.execute("SELECT FROM pg_roles WHERE rolname = %s", [LOGIN]).fetchone() is None:
            superuser.execute(f"CREATE ROLE {LOGIN} LOGIN PASSWORD '{server.login(LOGIN).password}'")
        # As in every database of a site (desist.databases): nothing is open to everyone.
        superuser.execute(f"REVOKE ALL ON DATABASE {name} FROM PUBLIC")
        superuser.execute(f"GRANT CONNECT ON DATABASE {name} TO {LOGIN}, {APP}")
        superuser.execute(
            "REVOKE EXECUTE ON FUNCTION _pgh_attach_context, _pgtrigger_should_ignore FROM PUBLIC"
        )
        superuser.execute(f"GRANT EXECUTE ON FUNCTION _pgh_attach_context, _pgtrigger_should_ignore TO {APP}")
        superuser.execute(f"GRANT USAGE ON SCHEMA public TO {LOGIN}")
        committed.close()
        committed.settings_dict.update(USER=OWNER, PASSWORD=server.login(OWNER).password)
        grants.apply_to_phones(app=LOGIN)
        committed.close()
        committed.settings_dict.update(USER=app, PASSWORD=password)
        for number, given in enumerate(SECRETS):
            rows_of(given, number, at)
        with psycopg.connect(server.url(LOGIN, name), autocommit=True) as connection:
            for given, secret in SECRETS.items():
                code = f"{given.lower()}x9pxacde"[:12]
                assert call(connection, "phone_begin", code, f"device-{secret}", "258147", secret, at) == [
                    (True,)
                ]
            yield connection, superuser


def rows_of(given: str, number: int, at: Any) -> None:
    episode = on_the_programme(given, "Example")
    invitation(episode, f"{given.lower()}x9pxacde"[:12], at)
    held = factories.attended(episode=episode, homework_set=f"{given} homework")
    ahead = factories.session(episode=episode, number=2, **planned(at, number))
    DiaryDay.objects.create(
        episode=episode,
        day=at.date(),
        note=f"{given} diary",
        skill=f"of-{given}",
        typed_by="phone",
        typed_at=at,
        entered_on=at.date(),
    )
    coping(episode, f"{given} plan")
    factories.goal(episode=episode, words=f"{given} goal", serves="Nobody is written to")
    words = factories.notice_words(controller=f"Service of {given}", ended_at=at)
    factories.notice_given(episode=episode, words=words)
    known = {"episode": episode, "submission": f"{given}-own"}
    DiaryTarget.objects.create(name=f"{given} target", added_by="x", added_at=at, **known)
    SkillPractice.objects.create(
        day=at.date(), skill=f"of-{given}", helped="yes", entered_by="x", entered_at=at, **known
    )
    for kind, session in (("homework", held), ("cannot_come", ahead), ("complaint", None)):
        PhoneRequest.objects.create(
            episode=episode,
            kind=kind,
            session=session,
            words=f"{given} words",
            submission=f"{given}{kind}",
            asked_at=at,
        )


def planned(at: Any, number: int) -> dict[str, Any]:
    from psycopg.types.range import TimestamptzRange

    start = at + timedelta(days=2, hours=3 * number)
    return {"period": TimestamptzRange(start, start + timedelta(hours=1))}


def call(connection: psycopg.Connection, name: str, *values: Any) -> list[tuple[Any, ...]]:
    marks = ", ".join(["%s"] * len(values))
    return connection.execute(f"SELECT * FROM {name}({marks})".encode(), values).fetchall()


def told(connection: psycopg.Connection, given: str) -> dict[str, str]:
    """All that each look tells one person, as text."""
    at = timezone.now()
    return {name: json.dumps(call(connection, name, SECRETS[given], at), default=str) for name in LOOKS}


def strays(connection: psycopg.Connection) -> set[str]:
    """The looks that tell one person of the other."""
    found = {(name, given, text) for given in SECRETS for name, text in told(connection, given).items()}
    return {name for name, given, text in found for other in SECRETS if other != given and other in text}


def test_the_login_touches_no_table_and_calls_only_its_functions(phones: Any) -> None:
    connection, superuser = phones
    every = superuser.execute(TABLES).fetchall()

    assert len(every) > 300
    for name, kind in every:
        for query in (
            f"SELECT FROM {name}",
            f"INSERT INTO {name} DEFAULT VALUES",
            f"DELETE FROM {name}",
        ):
            if kind == "S" and not query.startswith("SELECT"):
                continue
            with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.WrongObjectType)):
                connection.execute(query.encode())
    assert list(refusals.of_phones(connection)) == []


@pytest.mark.parametrize(
    ("grant", "said"),
    [
        ("SELECT (day) ON programme_diaryday", "has a right on programme_diaryday"),
        ("USAGE ON SEQUENCE programme_episode_id_seq", "has a right on programme_episode_id_seq"),
        ("EXECUTE ON FUNCTION phone_here(text, text, timestamptz)", "may call phone_here"),
    ],
)
def test_a_right_too_many_is_a_reason_not_to_start(phones: Any, grant: str, said: str) -> None:
    connection, superuser = phones
    superuser.execute(f"GRANT {grant} TO {LOGIN}")

    (reason,) = refusals.of_phones(connection)
    assert said in reason


def test_a_function_that_is_missing_is_a_reason_not_to_start(phones: Any) -> None:
    connection, superuser = phones
    superuser.execute(f"REVOKE EXECUTE ON FUNCTION {SIGNATURES[0]} FROM {LOGIN}")

    (reason,) = refusals.of_phones(connection)
    assert "may not call phone_begin" in reason


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM pg_stat_user_tables",
        "SELECT * FROM pg_stat_activity",
        "SELECT reltuples FROM pg_class",
        "SELECT relpages FROM pg_class",
        "SELECT * FROM pg_class",
        "SELECT pg_relation_size('programme_episode')",
        "SELECT pg_table_size('programme_episode')",
        "SELECT pg_indexes_size('programme_episode')",
        "SELECT pg_total_relation_size('programme_episode')",
        "SELECT nextval('programme_episode_id_seq')",
        "SELECT last_value FROM programme_episode_id_seq",
        "EXPLAIN SELECT FROM programme_episode",
        "SELECT phone_here('x', '', '2026-11-24')",
        "SELECT phone_is_open(1)",
        "COPY programme_episode TO STDOUT",
        "CREATE TABLE public.mine (id int)",
        "CREATE TEMPORARY TABLE mine (id int)",
        "SET ROLE tests_owner",
    ],
)
def test_counts_sizes_and_the_rest_of_the_database_are_refused(phones: Any, query: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        phones[0].execute(query.encode())


def test_the_plan_of_a_call_tells_no_number_of_rows(phones: Any) -> None:
    (plan,) = phones[0].execute("EXPLAIN SELECT * FROM phone_diary('x', '2026-11-24')").fetchall()

    assert plan[0].startswith("Function Scan on phone_diary")


def test_the_columns_of_what_is_left_in_the_catalogue_tell_nothing(phones: Any) -> None:
    stats = phones[0].execute("SELECT count(*) FROM pg_stats WHERE schemaname = 'public'").fetchone()
    sequences = phones[0].execute("SELECT count(last_value) FROM pg_sequences").fetchone()

    assert (stats, sequences) == ((0,), (0,))


def test_each_look_tells_a_person_their_own_rows(phones: Any) -> None:
    connection, _ = phones

    for given in SECRETS:
        for name, text in told(connection, given).items():
            assert given in text or name in WORDLESS, name
    assert strays(connection) == set()
    assert len(call(connection, "phone_requests", SECRETS["Sam"], timezone.now())) == 2


@pytest.mark.parametrize(
    ("name", "filter_", "instead"),
    [
        ("phone_diary", "d.episode_id = mine", "true"),
        ("phone_appointments", "s.episode_id = mine", "true"),
        ("phone_homework", "h.episode_id = mine", "h.episode_id <> mine"),
        ("phone_own", "t.episode_id = mine", "true"),
        ("phone_practice", "p.episode_id = mine", "true"),
        ("phone_skills_used", "d.episode_id = mine", "true"),
        ("phone_plan", "c.episode_id = mine", "c.episode_id <> mine"),
        ("phone_goals", "g.episode_id = mine", "true"),
        ("phone_notice", "n.episode_id = mine", "n.episode_id <> mine"),
    ],
)
def test_a_look_without_its_filter_is_found(phones: Any, name: str, filter_: str, instead: str) -> None:
    connection, superuser = phones
    (text,) = superuser.execute(
        "SELECT pg_get_functiondef(oid) FROM pg_proc WHERE proname = %s", [name]
    ).fetchone()
    assert filter_ in text
    superuser.execute(text.replace(filter_, instead))

    assert strays(connection) == {name}


def test_no_answer_names_a_surname_or_an_internal_number(phones: Any) -> None:
    text = json.dumps(told(phones[0], "Robin"))

    assert "Robinella" in text
    for word in ("Wintergreen", "Thorpe", "Example", "Northmere"):
        assert word not in text


@pytest.mark.parametrize("secret", ["", "x", "r" * 64, "robin-" + "R" * 40])
def test_without_an_open_sign_in_every_function_answers_with_nothing(phones: Any, secret: str) -> None:
    connection, at = phones[0], timezone.now()

    assert [call(connection, name, secret, at) for name in LOOKS] == [[]] * len(LOOKS)
    assert call(connection, "phone_stays", secret, at) == [(False,)]
    assert call(connection, "phone_passkey", secret, at) == []
    assert call(connection, "phone_open", secret, 1, at, "s" * 43, at) == [(False,)]
    kept = (f"device-{SECRETS['Robin']}", "258147", "k" * 80, 0, at, at)
    assert call(connection, "phone_keep_passkey", secret, *kept) == [(False,)]
    call(connection, "phone_drop_passkey", secret, at)
    nothing = (secret, at.date(), 0, 1, "", 1, 1, 1, "", "{}", at)
    assert call(connection, "phone_note", *nothing) == [("",)]
    assert call(connection, "phone_use_skill", secret, at.date(), "ride", True, at) == [(False,)]
    entry = ("an-entry-of-16-letters", at.date(), 1, "", 1, 1, 1, "", "{}", at, at)
    assert call(connection, "phone_add", secret, *entry) == [("",)]
    tried = ("ride", at.date(), "yes", "", "a-submission-of-mine", at)
    assert call(connection, "phone_practise", secret, *tried) == [(False,)]
    filled = ("gad-7", 1, [1], None, False, False, "a-submission-of-mine", at)
    assert call(connection, "phone_answer", secret, *filled) == [(False,)]
    assert call(connection, "phone_tell", secret, "", 1, 1, 1, 1, at) == [(False,)]
    assert call(connection, "phone_ask", secret, "complaint", "", "", "a-submission-of-mine", at) == [
        (False,)
    ]


def test_a_person_cannot_tell_how_a_session_of_another_was(phones: Any) -> None:
    connection, at = phones[0], timezone.now()
    theirs = call(connection, "phone_homework", SECRETS["Sam"], at)[0][0]

    assert call(connection, "phone_tell", SECRETS["Robin"], theirs, 4, 4, 4, 4, at) == [(False,)]
    assert call(connection, "phone_tell", SECRETS["Sam"], theirs, 4, 4, 4, 4, at) == [(True,)]


def test_a_figure_of_a_target_of_another_is_refused(phones: Any) -> None:
    connection, at = phones[0], timezone.now()
    theirs = call(connection, "phone_own", SECRETS["Sam"], at)[0][0]
    for own in (f'{{"{theirs}": 3}}', '{"x": 1}', "[]", f'{{"{theirs}": 6}}'):
        said = (SECRETS["Robin"], at.date(), 1, 1, "", 1, 1, 1, "", own, at)
        assert call(connection, "phone_note", *said) == [("",)]


def test_the_skill_of_a_day_is_set_for_oneself_alone(phones: Any) -> None:
    connection, at = phones[0], timezone.now()
    for skill, instead, done in (("ride", False, True), ("Ride!", True, False), ("ride", True, True)):
        said = (SECRETS["Robin"], at.date(), skill, instead, at)
        assert call(connection, "phone_use_skill", *said) == [(done,)]
    for day in (at.date() + timedelta(days=1), at.date() - timedelta(days=1), at.date() - timedelta(days=39)):
        assert call(connection, "phone_use_skill", SECRETS["Robin"], day, "ride", True, at) == [(False,)]

    kept = DiaryDay.objects.values_list("episode__referral__given_names", "skill", "version")
    assert sorted(kept) == [("Robin", "ride", 2), ("Sam", "of-Sam", 1)]


def test_a_person_cannot_speak_about_a_session_of_another(phones: Any) -> None:
    connection, at = phones[0], timezone.now()
    theirs = call(connection, "phone_appointments", SECRETS["Sam"], at)[0][0]
    submission = "a-submission-of-mine"

    assert call(connection, "phone_ask", SECRETS["Robin"], "cannot_come", theirs, "", submission, at) == [
        (False,)
    ]
    assert PhoneRequest.objects.filter(episode__referral__given_names="Robin").count() == 3


def test_ten_minutes_after_its_last_use_a_sign_in_is_over(phones: Any) -> None:
    connection, at = phones[0], timezone.now()
    secret = SECRETS["Robin"]

    assert call(connection, "phone_stays", secret, at + timedelta(minutes=9)) == [(True,)]
    assert call(connection, "phone_stays", secret, at + timedelta(minutes=18)) == [(True,)]
    assert call(connection, "phone_stays", secret, at + timedelta(minutes=29)) == [(False,)]


def test_every_function_is_called_by_its_pages() -> None:
    from desist.participant import calls

    text = Path(calls.__file__).read_text("utf-8")
    assert [name for name in FUNCTIONS if f'"{name}"' not in text] == []


def test_a_passkey_is_kept_for_the_phone_of_the_sign_in_alone(phones: Any) -> None:
    connection, at = phones[0], timezone.now()
    robin, sam = (f"device-{SECRETS[given]}" for given in SECRETS)
    kept = ("258147", "k" * 80, 0, at, at)

    assert call(connection, "phone_keep_passkey", SECRETS["Robin"], sam, *kept) == [(False,)]
    assert call(connection, "phone_keep_passkey", SECRETS["Robin"], robin, *kept) == [(True,)]
    assert call(connection, "phone_passkey", sam, at) == []
    assert call(connection, "phone_passkey", robin, at) == [("k" * 80, 0)]
    assert call(connection, "phone_open", sam, 0, at + timedelta(seconds=1), "s" * 43, at) == [(False,)]
    assert call(connection, "phone_open", robin, 0, at, "s" * 43, at) == [(False,)]
    assert call(connection, "phone_open", robin, 0, at + timedelta(seconds=1), "s" * 43, at) == [(True,)]
