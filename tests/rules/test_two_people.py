"""Where two people are needed, no code compares accounts itself: a person may have two (desist/wall/people.py)."""

import ast
from collections.abc import Iterator

import pytest
from tests.rules.code import Module, every, functions, modules

#: code that compares an account where no second person is needed: the actor's own rows, or only display
ALONE = {
    "accounts/entrance/commands.py _is_owner": "whose passkey answered",
    "accounts/policy.py other_people": "which account an administrator may change",
    "accounts/policy.py roles_of_others": "which account an administrator may change",
    "accounts/policy.py invitations_of_others": "which account an administrator may change",
    "accounts/policy.py told_apart_by_others": "what may be confirmed; the command asks about other accounts",
    "accounts/policy.py alerts_about_others": "which alerts are listed; the command asks about other accounts",
    "accounts/queries.py person": "whether the page is one's own",
    "advocacy/disclosures/queries.py disclosure": "what the page says; approvals asks",
    "partnership/disclosures/queries.py disclosure": "what the page says; approvals asks",
    "partnership/panels/panel_actions/queries.py _escalated": "which late actions are listed",
    "advocacy/scopes.py colleagues_in_area": "who is listed; the command asks about other accounts",
    "advocacy/scopes.py entries_of_others": "whose training a manager may sign off",
    "advocacy/team/queries.py to_register": "who is listed",
    "advocacy/vault/queries.py stopped": "who is listed",
    "advocacy/vault/commands.py _whom_to_ask": "who is named",
    "advocacy/handovers/queries.py to_do": "whose line it is",
    "audit/downloads/queries.py _row": "whether the file is one's own; whether one may release it asks",
    "audit/downloads/queries.py releasers": "who is told; the command asks",
    "audit/policy.py files_of_others": "which files are listed; the command asks",
    "partnership/agencies/commands.py check": "a form that was sent twice",
    "partnership/pages/panels/queries.py _choices": "who is offered as the chair",
    "partnership/panels/panel_actions/commands.py may_say": "whose action it is",
    "partnership/panels/panel_actions/queries.py _page": "whose action it is",
    "partnership/panels/panel_actions/queries.py _row": "whose action it is",
    "partnership/panels/panel_actions/queries.py lines": "whose line it is",
    "partnership/attachments/queries.py _to_release": "what is listed; the command asks",
    "desk/alerts/commands.py acknowledge": "a form that was sent twice",
    "programme/leaving/commands.py reopen": "a form that was sent twice",
    "programme/phones/commands.py answer": "a form that was sent twice",
    "programme/measures/commands.py _says": "a form that was sent twice",
    "programme/risk/scenarios/commands.py sign": "a form that was sent twice; another person's signature asks",
    "programme/concerns/commands.py take": "one may enquire oneself; the screening asks",
    "programme/concerns/following.py _next": "whose step it is",
    "programme/concerns/following.py _screens": "what the page offers; the command asks",
    "partnership/pages/home/queries.py _discarded_lately": "what others did with one's own draft",
    "programme/calendar/entries/queries.py _leave": "whose kind of leave is shown",
    "programme/calendar/entries/queries.py _supervisions": "whose entry it is",
    "programme/referrals/intake/queries.py _by_others": "what others did with one's own draft",
    "programme/referrals/telephone_notices/queries.py _to_confirm": "what is listed; the command asks",
    "programme/pages/home/higher.py due": "who is told; the rater knows",
    "programme/pages/home/news.py _given": "what was given to the actor",
    "programme/plans/overrides/commands.py decide": "a form that was sent twice; the decision itself asks",
    "declarations/policy.py of_colleagues": "nobody checks the case of their own declaration",
    "declarations/queries.py _team": "whom the actor leads",
    "declarations/queries.py _since": "since when oneself has worked here",
    "tasks/commands.py _check": "everybody may give themselves a task",
    "tasks/commands.py finish": "a form that was sent twice",
    "tasks/queries.py to_do": "whose line it is",
    "tasks/views.py give": "who is chosen at first",
    "tasks/views.py then": "what the sentence says",
    "programme/pages/home/queries.py _supervisions": "what the line says",
    "programme/supervision/quality/queries.py _line": "which rating is one's own",
    "quarterly/commands.py sign": "a form that was sent twice",
    "quarterly/commands.py send": "a form that was sent twice; the second person asks",
    "quarterly/commands.py answer": "a form that was sent twice",
    "partnership/extracts/commands.py count": "a form that was sent twice",
    "partnership/extracts/commands.py sign": "a form that was sent twice",
    "partnership/extracts/commands.py send": "a form that was sent twice; the second person asks",
    "programme/service/extracts/commands.py sign": "a form that was sent twice",
    "programme/service/extracts/commands.py send": "a form that was sent twice; the second person asks",
    "programme/supervision/training/commands.py add": "nobody judges themselves: the record is the account's own",
    "programme/supervision/training/queries.py _entry": "what the page offers; the scope asks",
    "programme/supervision/training/queries.py _record": "whether it is one's own record",
    "programme/supervision/reflections/queries.py _entry": "whether it is one's own entry",
    "programme/referrals/news.py may_read": "who works with somebody",
    "programme/leaving/reports/queries.py another_wrote": "what is listed to be signed; the command asks",
}


def compared(module: Module) -> Iterator[str]:
    """Return the functions that compare the account at work with another for more than to show "you"."""
    for function in functions(module.tree):
        spoken = {id(node.test) for node in every(function, ast.IfExp) if _you(node.body)}
        nodes = every(function, ast.Compare, ast.UnaryOp, ast.Call)
        if any(_compares(node) for node in nodes if id(node) not in spoken):
            yield f"{module.path} {function.name}"


def _compares(node: ast.AST) -> bool:
    if isinstance(node, ast.Compare):
        sides = [node.left, *node.comparators]
        return any(_who(part) for side in sides for part in [side, *getattr(side, "elts", ())])
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Invert):
        return any(_who(one.value) for one in ast.walk(node) if isinstance(one, ast.keyword))
    excludes = (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "exclude"
    )
    return excludes and any(_who(one.value) for one in node.keywords)  # type: ignore[attr-defined]  # a call


def _who(node: ast.AST) -> bool:
    """Return whether a value is the account at work, or its slot in a statement that is written once."""
    slot = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Slot"
    said = isinstance(node, ast.Call) and [getattr(one, "value", "") for one in node.args] == ["who"]
    return (isinstance(node, ast.Attribute) and node.attr == "who") or (slot and said)


def _you(node: ast.AST) -> bool:
    return (isinstance(node, ast.Constant) and node.value == "you") or (
        isinstance(node, ast.Name) and node.id == "YOU"
    )


def test_every_rule_of_two_people_asks_whether_they_are() -> None:
    found = {one for module in modules() if module.path != "wall/people.py" for one in compared(module)}

    assert found - set(ALONE) == set()


def test_the_list_names_nothing_that_is_gone() -> None:
    assert set(ALONE) - {one for module in modules() for one in compared(module)} == set()


@pytest.mark.parametrize(
    "line",
    [
        "if row.entered_by == actor.who: raise NotYourOwn",
        "if actor.who != row.entered_by: count(row)",
        "if actor.who in {row.offered_by, row.saved_by}: raise NotYourOwn",
        "if row.offered_by not in (actor.who,): count(row)",
        "return ~Q(entered_by=actor.who)",
        "return rows.exclude(entered_by=actor.who)",
        'return rows.exclude(entered_by=Slot("who"))',
    ],
)
def test_a_rule_that_compares_accounts_itself_is_found(line: str) -> None:
    planted = Module("programme/planted/commands.py", f"def confirm(actor, row, rows):\n    {line}\n")

    assert list(compared(planted)) == ["programme/planted/commands.py confirm"]


def test_a_page_that_says_you_is_none() -> None:
    spoken = Module(
        "planted.py", 'def name(ref, actor):\n    return "you" if ref == actor.who else names[ref]\n'
    )

    assert list(compared(spoken)) == []
