"""Every read and every save goes through the gate, by however many calls a function comes to it."""

import ast
import re
from collections.abc import Collection, Iterable
from functools import cache

import pytest
from tests.rules.calls import Calls, Function
from tests.rules.code import Module, every, modules

#: Where rows are saved: in the zones and in what they share. Views hold no rows, and models only declare them.
SAVING = re.compile(
    r"^(programme|partnership|advocacy|commission|accounts|post|desk|feeds|tasks|declarations|merges|moving_in|quarterly|restrictions|audit)/"
    r"(?!.*migrations/)(?!.*(?:views|models)\.py$)"
)
#: Other callers of code that saves: the worker, the console's commands, the web process.
CALLING = re.compile(r"^(zones|cli|running|ui|wall)/")
COMMANDS = re.compile(
    r"^(programme|partnership|advocacy|commission|accounts|post|restrictions|desk|feeds|tasks|declarations|merges|moving_in|quarterly)/.*commands\.py$"
)
WRITES = {
    *("save", "create", "bulk_create", "update", "bulk_update", "delete"),
    *("get_or_create", "update_or_create"),
}
CHANGES = {"change", "create", "write"}
OPENS = {*CHANGES, "see", "open", "one", "read", "read_one", "few", "whole", "within"}

ENTRANCE = "the entrance records whom it lets in and whom it refuses, and why"
MAILING = "a message of fixed words about a change that has its own event, for the worker alone"
OWN_EVENT = "the envelope has an event of its own, whether it was handled or not"
#: code that saves and does not go through the gate -> why
OUTSIDE_THE_GATE = {
    "accounts/alerts/commands.py raise_": "joins the change that made it necessary, and has its own event",
    **{f"accounts/mailing/commands.py {name}": MAILING for name in ("put", "send_next", "forget")},
    **{f"accounts/mailing/commands.py {name}": MAILING for name in ("_failed", "_hurry", "_done")},
    "accounts/throttle/commands.py Attempts": ENTRANCE,
    "accounts/throttle/commands.py of_an_address": ENTRANCE,
    "accounts/factors/commands.py _challenge": ENTRANCE,
    "accounts/factors/commands.py _take_challenge": ENTRANCE,
    "accounts/factors/commands.py check_passkey": ENTRANCE,
    "accounts/factors/commands.py check_code": ENTRANCE,
    "accounts/factors/commands.py use_recovery_code": ENTRANCE,
    "accounts/presence.py note": "when a session was last seen: what is looked at has its own event",
    "accounts/session_store.py sweep": "drops what a browser's session held, once that is over, by age alone",
    **dict.fromkeys(
        (
            "advocacy/pages/home/locked.py anew",
            "advocacy/pages/home/locked.py _leave",
            "merges/records.py Kind",
            "programme/pages/home/records.py _follow_sessions",
        ),
        "in the change that merges two records, or splits them",
    ),
    **dict.fromkeys(
        (
            "programme/plans/support/commands.py note",
            "advocacy/support/commands.py note",
            "advocacy/support/commands.py _note",
        ),
        "joins the change of who records it, or the block of `links.opened`, which opened the gate for an agency",
    ),
    "advocacy/vault/candidates.py _marks": "adds to a hash, and keeps nothing",
    "advocacy/evidence/blocks.py keep": "in the block of `bringing`, which opened the gate and keeps the whole export",
    "advocacy/evidence/relocking.py _again": "in the block of a `locking`, which opened the gate for a few of the pieces",
    "partnership/exhibits/keeping.py is_what_was_sent": "adds to a hash, and keeps nothing",
    "advocacy/evidence/reading.py _write": "adds to a hash, and writes a file in memory",
    "advocacy/exhibits/keeping.py pieces": "adds to a hash, and keeps nothing",
    "post/files.py export_waiting": "carries sealed bytes, as the courier does: the sending had its event",
    "post/files.py import_file": "carries sealed bytes: the handling has its event",
    "post/inbox.py _handle": OWN_EVENT,
    "post/inbox.py _keep": OWN_EVENT,
    "post/inbox.py forget_set_aside": "drops sealed bytes that were set aside, by age alone",
    "post/inbox.py look_again": "only the moment of the next try: the handling has its event",
    "post/outbox.py hold": "delays what was sent, without a change of what it says: the sending had its event",
    "post/outbox.py release": "seals anew what was sent, without a change of what it says: the sending had its event",
    "post/outbox.py forget": "drops sealed bytes that were sent, by age alone",
}
CLOCK = "the clock's own hand, for whatever is due"
#: commands that open the gate without an actor or an envelope -> the hand that acts
OWN_HAND = {
    "accounts/provider/commands.py let_in": "the entrance's own hand, for somebody who is not signed in yet",
    "advocacy/candidates/commands.py look": CLOCK,
    **{
        f"advocacy/evidence/commands.py {name}": CLOCK
        for name in ("sweep", "remove", "waiting", "hashed", "looked", "bringing", "note", "wait", "spoil")
    },
    **{
        f"advocacy/{name}": CLOCK
        for name in (
            *("evidence/commands.py locking", "evidence/commands.py take_rows"),
            *("evidence/commands.py locked_anew", "exhibits/commands.py locking"),
            "exhibits/commands.py locked_anew",
        )
    },
    **{
        f"advocacy/exhibits/commands.py {name}": CLOCK
        for name in ("sweep", "waiting", "note", "wait", "reopen", "made")
    },
    **{f"advocacy/submissions/commands.py {name}": CLOCK for name in ("sweep", "take_over")},
    **{
        f"advocacy/submissions/sending/commands.py {name}": "the entrance's own hand, for a client with a link"
        for name in ("look", "begin", "add_piece", "send", "finish")
    },
    "partnership/panels/guest/commands.py read": "the entrance's own hand, for a guest with a link and its code",
    "programme/leaving/commands.py release_due": CLOCK,
    "moving_in/commands.py go_on": CLOCK,
    "programme/outside/commands.py send": "the entrance's own hand, for a referrer without an account",
}
REGISTER = "names of the partner register, to choose from: about no case"
SCOPE = "a part of a scope or a question, which the gate asks"
ONESELF = "of the account that is here, by its own reference or its own link"
STAFF = "the names of staff, to choose from: about no case"
#: questions that do not go through the gate -> why
UNASKED = {
    "accounts/factors/queries.py is_fresh": ONESELF,
    "accounts/invitations/queries.py invited": ONESELF,
    "accounts/invitations/queries.py resets": ONESELF,
    "accounts/queries.py area_name": "what an area is called, by a code that the page holds",
    "accounts/queries.py contact": ONESELF,
    "accounts/queries.py demo_people": "the invented people of the demo, before anybody is signed in",
    "accounts/queries.py as_read_by": 'a colleague\'s name, or "you", by a reference that the page holds',
    "advocacy/police/queries.py forces": REGISTER,
    "commission/grants/queries.py services": REGISTER,
    "advocacy/clients/queries.py own_cases": SCOPE,
    "partnership/pages/home/queries.py gives_tasks": "whether a role may give tasks: of no row",
    "partnership/pages/referral/queries.py news_is_for": SCOPE,
    "partnership/panels/panel_actions/queries.py steps": "of an action that its caller opened by the gate",
    "programme/leaving/reports/queries.py another_wrote": SCOPE,
    "advocacy/submissions/queries.py outside": "what the page for clients is called, for everybody: about no case",
    "audit/downloads/queries.py releasers": STAFF,
    "audit/queries.py people": STAFF,
    "partnership/breaches/queries.py officers": STAFF,
    "partnership/pairs/queries.py services": REGISTER,
    "partnership/referrals/queries.py programmes": REGISTER,
    "partnership/transfers/queries.py forces": REGISTER,
    "partnership/victims/queries.py services": REGISTER,
    "post/agreements/queries.py parties": REGISTER,
    "programme/outside/queries.py door": "whether a service takes forms, for a referrer without an account: about no case",
    "programme/referrals/intake/queries.py partners": REGISTER,
    "programme/pages/leavers/queries.py may_export": "whether a role may ask for the file: of no row",
    "programme/pages/leavers/queries.py staff": STAFF,
    "programme/pages/people/queries.py own_cases": SCOPE,
    "programme/filters/queries.py kept": ONESELF,
    "restrictions/queries.py people": STAFF,
}


@cache
def product() -> Calls:
    return calls(modules())


def calls(known: Iterable[Module]) -> Calls:
    return Calls(module for module in known if SAVING.match(module.path) or is_caller(module))


def is_caller(module: Module) -> bool:
    return bool(CALLING.match(module.path)) or module.path.endswith(("views.py", "models.py"))


def opens_the_gate(function: Function, ways: Collection[str] = frozenset(OPENS)) -> bool:
    """Return whether a function itself asks the gate, in one of these `ways`."""
    return any(
        isinstance(node.value, ast.Name) and node.value.id == "gate" and node.attr in ways
        for node in every(function.node, ast.Attribute)
    )


def changes(known: Calls, name: str) -> bool:
    """Return whether a function changes rows through the gate: in its own block, or in one of its module's."""
    blocks = {
        item.context_expr.func.id
        for node in every(known.functions[name].node, ast.With)
        for item in node.items
        if isinstance(item.context_expr, ast.Call) and isinstance(item.context_expr.func, ast.Name)
    }
    begun = [known.functions[other] for other in known.named[name] if other.rpartition(".")[2] in blocks]
    return any(opens_the_gate(one, CHANGES) for one in (known.functions[name], *begun))


def saves(known: Calls, name: str) -> bool:
    """Return whether a function itself calls code that saves rows."""
    function = known.functions[name]
    return bool(SAVING.match(function.module.path)) and any(
        isinstance(node.func, ast.Attribute)
        and node.func.attr in WRITES
        and not known.knows(function.module, node.func)
        for node in every(function.node, ast.Call)
    )


def saved_outside_the_gate(known: Calls) -> set[str]:
    """Return the code that saves rows and that some path of calls reaches without a change of the gate on the way."""
    open_to = {name for name in known.functions if name not in known.namers and not changes(known, name)}
    waiting = list(open_to)
    while waiting:
        new = {one for one in known.named[waiting.pop()] if one not in open_to and not changes(known, one)}
        open_to |= new
        waiting += new
    return {known.functions[name].name for name in open_to if saves(known, name)}


def without_actor(known: Calls) -> set[str]:
    """Return the commands that come to the gate within their module, and take neither an actor nor an envelope."""
    return {
        function.name
        for name, function in known.functions.items()
        if COMMANDS.match(function.module.path)
        and function.is_public
        and isinstance(function.node, ast.FunctionDef)
        and not function.arguments & {"actor", "received"}
        and any(
            opens_the_gate(known.functions[one])
            for one in known.reached(name, within=name.rpartition(".")[0] + ".")
        )
    }


def asked_outside_the_gate(known: Calls) -> set[str]:
    """Return the questions for an actor or for a page that do not reach the gate, except parts of those that do."""
    return {
        function.name
        for name, function in known.functions.items()
        if function.module.path.endswith("queries.py")
        and function.is_public
        and is_asked(known, name)
        and not reaches(known, name)
    }


def is_asked(known: Calls, name: str) -> bool:
    """Return whether a question has an actor, or is asked by a page without an actor."""
    function = known.functions[name]
    askers = known.namers.get(name, set())
    by_a_page = any(known.functions[one].module.path.endswith(("views.py", "forms.py")) for one in askers)
    if "actor" in function.arguments:
        return by_a_page or not askers or not all(reaches(known, one) for one in askers)
    return by_a_page and any(asks(known.functions[one]) for one in known.reached(name))


def asks(function: Function) -> bool:
    """Return whether a function itself holds rows."""
    return any(node.attr == "objects" for node in every(function.node, ast.Attribute))


def reaches(known: Calls, name: str) -> bool:
    return any(opens_the_gate(known.functions[one]) for one in known.reached(name))


def planted(path: str, text: str) -> Calls:
    return calls([Module(path, text)])


def test_nothing_is_saved_outside_the_gate() -> None:
    assert saved_outside_the_gate(product()) == set(OUTSIDE_THE_GATE)


@pytest.mark.parametrize(
    "path",
    [
        "programme/referrals/commands.py",
        "partnership/orders/writing.py",
        "accounts/commands.py",
        "post/outbox.py",
        "desk/duty/commands.py",
        "feeds/commands.py",
        "restrictions/commands.py",
    ],
)
def test_a_command_that_saves_outside_the_gate_is_found(path: str) -> None:
    text = "def decide(*, actor, row):\n    row.save()\n"

    assert saved_outside_the_gate(planted(path, text)) == {f"{path} decide"}


LEFT_TO_ANOTHER = "def decide(*, actor, row):\n    _store(row)\n\ndef _store(row):\n    row.save()\n"
LOOKED_AT = """
def decide(*, actor, ref, at):
    _store(_row(actor, ref, at))

def _row(actor, ref, at):
    return gate.open(actor, Action.SEE, Referral, ref, at=at).get()

def _store(row):
    row.save()
"""
IN_A_TABLE = "ENDINGS = {1: _store}\n\ndef decide(*, actor, row):\n    ENDINGS[1](row)\n\ndef _store(row):\n    row.save()\n"


@pytest.mark.parametrize("text", [LEFT_TO_ANOTHER, LOOKED_AT, IN_A_TABLE])
def test_a_command_that_leaves_the_saving_to_another_function_is_found(text: str) -> None:
    path = "programme/referrals/commands.py"

    assert saved_outside_the_gate(planted(path, text)) == {f"{path} _store"}


def test_a_page_that_calls_what_belongs_into_a_change_is_found() -> None:
    view = "from desist.programme.referrals import commands\n\ndef end(request):\n    commands.close(request.row)\n"
    known = [
        Module("programme/referrals/commands.py", "def close(row):\n    row.save()\n"),
        Module("programme/referrals/views.py", view),
    ]

    assert saved_outside_the_gate(calls(known)) == {"programme/referrals/commands.py close"}


def test_a_change_by_a_block_of_the_modules_own_is_no_fault() -> None:
    text = """
def change(*, actor, ref, at):
    with _changed(actor, ref, at) as row:
        _store(row)

@contextmanager
def _changed(actor, ref, at):
    with gate.change(actor, Action.CHANGE, Chain, ref, at=at) as row:
        yield row

def _store(row):
    row.save()
"""

    assert saved_outside_the_gate(planted("programme/chains/commands.py", text)) == set()


def test_every_command_takes_an_actor_or_an_envelope() -> None:
    assert without_actor(product()) == set(OWN_HAND)


@pytest.mark.parametrize(
    "text",
    [
        "def decide(*, ref):\n    gate.change(ref)\n",
        "def decide(*, ref):\n    _decide(ref)\n\ndef _decide(ref):\n    gate.change(ref)\n",
    ],
)
def test_a_command_without_an_actor_is_found(text: str) -> None:
    path = "programme/referrals/commands.py"

    assert without_actor(planted(path, text)) == {f"{path} decide"}


def test_every_question_asks_the_gate_or_says_why_not() -> None:
    assert asked_outside_the_gate(product()) == set(UNASKED)


ASKED = """
def referral(*, actor, ref):
    return _page(Referral.objects.get(ref=ref))

def read(*, actor, ref, at):
    return _page(gate.open(actor, Action.SEE, Referral, ref, at=at).get())

def _page(row):
    return row
"""


def test_a_question_for_somebody_that_asks_no_gate_is_found() -> None:
    path = "programme/referrals/queries.py"

    assert asked_outside_the_gate(planted(path, ASKED)) == {f"{path} referral"}


def test_a_question_that_a_page_asks_for_nobody_is_found() -> None:
    path = "programme/referrals/queries.py"
    view = "from desist.programme.referrals import queries\n\ndef page(request):\n    queries.all_of_them()\n"
    known = [
        Module(path, "def all_of_them():\n    return Referral.objects.all()\n"),
        Module("programme/referrals/views.py", view),
    ]

    assert asked_outside_the_gate(calls(known)) == {f"{path} all_of_them"}


#: parts of To do, of a person's page, of the service today and of its outcomes and returns, whose look has its event, by the rule of the page to which each leads
PARTS = {
    "declarations/queries.py _team",
    "declarations/queries.py _to_check",
    "declarations/queries.py to_do",
    "partnership/agencies/queries.py stale",
    "partnership/agencies/terms/queries.py owed",
    "partnership/breaches/queries.py to_do",
    "partnership/extracts/queries.py to_do",
    "partnership/pages/home/queries.py _discarded",
    "partnership/pages/home/queries.py _judgements",
    "partnership/pages/home/queries.py _names",
    "partnership/pages/home/queries.py _news",
    "partnership/pages/people/queries.py person",
    "partnership/panels/panel_actions/queries.py escalated",
    "programme/calendar/clashes/queries.py _ahead",
    "programme/pages/home/higher.py due",
    "programme/pages/home/leading.py _as_second",
    "programme/pages/home/leading.py _debriefs",
    "programme/pages/home/queries.py _supervisions",
    "programme/pages/outcomes/queries.py _endings",
    "programme/pages/outcomes/queries.py _loads",
    "programme/pages/person/queries.py unread",
    "programme/pages/service/queries.py _kinds",
    "programme/pages/service/queries.py _referrals",
    "programme/pages/service/queries.py _supervisions",
    "programme/pages/service/queries.py _team",
    "programme/referrals/intake/queries.py discarded_by_others",
    "programme/referrals/telephone_notices/queries.py to_confirm",
    "programme/service/allocation/queries.py linked",
    "programme/service/extracts/queries.py to_do",
    "programme/service/handovers/queries.py _standing",
    "programme/service/quarterly/reading.py _counted",
    "programme/service/returns/queries.py returns",
    "programme/service/returns/queries.py seconds",
}


def asked_without_event(known: Calls) -> set[str]:
    """Return the functions that ask a question within a rule and write no event."""
    return {one.name for one in known.functions.values() if opens_the_gate(one, {"within"})}


def test_only_parts_of_to_do_are_asked_within_a_rule_without_an_event_of_their_own() -> None:
    assert asked_without_event(product()) == PARTS


def test_another_question_without_an_event_is_found() -> None:
    text = "def mine(*, actor):\n    return gate.within(actor, Action.SEE, ROWS)\n"
    path = "programme/referrals/queries.py"

    assert asked_without_event(planted(path, text)) == {f"{path} mine"}


#: who may ask for a number of rows without an event -> docs/adr/what-waits-in-to-do.md
COUNTING = {"wall/waiting.py answer"}


def counted(known: Calls) -> set[str]:
    """Return the functions that count rows behind the gate."""
    return {one.name for one in known.functions.values() if opens_the_gate(one, {"count"})}


def test_only_the_number_in_the_menu_is_counted_without_an_event() -> None:
    assert counted(product()) == COUNTING


def test_another_count_without_an_event_is_found() -> None:
    text = "def many(*, actor, at):\n    return gate.count(lambda: len(rows))\n"
    path = "programme/referrals/queries.py"

    assert counted(planted(path, text)) == {f"{path} many"}
