"""Only the pages used all day, and To do, use statements that are written once: every other page asks by the ORM."""

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent.parent / "src" / "desist"
#: the modules that may use them, most as a part of To do: docs/adr/busy-pages-in-fewer-steps.md has the gain
MEASURED = {
    "accounts/alerts/queries.py",
    "accounts/queries.py",  # names of colleagues, and who is at work: on most pages
    "accounts/session_store.py",
    "advocacy/candidates/queries.py",
    "advocacy/circumstances/queries.py",
    "advocacy/clients/queries.py",  # what lists of clients read along
    "advocacy/contacts/queries.py",
    "advocacy/disclosures/queries.py",
    "advocacy/handovers/queries.py",
    "advocacy/orders/queries.py",
    "advocacy/packs/queries.py",
    "advocacy/pages/client/queries.py",
    "advocacy/pages/contacts/queries.py",
    "advocacy/pages/updates/queries.py",
    "advocacy/submissions/queries.py",
    "advocacy/support/queries.py",
    "advocacy/vault/commands.py",  # the key of a client, on nearly every page
    "desk/alerts/queries.py",
    "merges/queries.py",
    "moving_in/offers/queries.py",
    "partnership/agencies/queries.py",
    "partnership/agencies/terms/queries.py",
    "partnership/attachments/queries.py",
    "partnership/breaches/queries.py",
    "partnership/disclosures/queries.py",
    "partnership/extracts/queries.py",  # a line of To do
    "partnership/pages/home/queries.py",
    "partnership/pages/order/queries.py",
    "partnership/pages/people/queries.py",
    "partnership/pages/referral/queries.py",
    "partnership/pairs/queries.py",
    "partnership/panels/panel_actions/queries.py",
    "partnership/releases/queries.py",
    "declarations/queries.py",  # lines of every first page
    "partnership/reports/queries.py",
    "partnership/transfers/queries.py",
    "programme/agreement/queries.py",  # as the pages that book
    "programme/calendar/busy/commands.py",  # what stands near a meeting, for To do, booking and the service
    "programme/calendar/clashes/queries.py",
    "programme/calendar/entries/queries.py",  # a week of the calendar
    "programme/calendar/meetings/queries.py",  # what is held already, for each page that books
    "programme/calendar/planner/commands.py",
    "programme/calendar/planner/queries.py",  # what each page that books knows of the person
    "programme/calendar/rescheduling/commands.py",
    "programme/calendar/rescheduling/queries.py",
    "programme/concerns/queries.py",
    "programme/curriculum/commands.py",
    "programme/leaving/followups/queries.py",
    "programme/leaving/reports/queries.py",
    "programme/orders/key_dates/queries.py",  # as the pages that book
    "programme/orders/queries.py",  # a part of one person's page
    "programme/pages/history/queries.py",  # which of thirty tables have a row of the person
    "programme/pages/home/caring.py",
    "programme/pages/home/cases.py",
    "programme/pages/home/higher.py",
    "programme/pages/home/leading.py",
    "programme/pages/home/news.py",
    "programme/pages/home/queries.py",
    "programme/pages/outcomes/queries.py",
    "programme/pages/person/queries.py",
    "programme/pages/search/queries.py",
    "programme/pages/service/queries.py",
    "programme/pages/week/queries.py",
    "programme/practitioners/absences/commands.py",  # as busy times
    "programme/referrals/intake/queries.py",
    "programme/referrals/telephone_notices/queries.py",
    "programme/service/allocation/queries.py",
    "programme/service/extracts/queries.py",  # a line of To do
    "programme/service/handovers/queries.py",
    "programme/service/quarterly/reading.py",
    "programme/service/returns/queries.py",  # who is counted once, for outcomes too
    "programme/sessions/commands.py",
    "programme/sessions/queries.py",  # what a colleague knows before they meet a person, on eleven pages
    "programme/team/commands.py",  # who can attend or take a person, and the places of the service
    "programme/triage/queries.py",  # what waits in the menu
    "tasks/cases.py",  # each colleague who may have a task is asked about
    "tasks/queries.py",
    "wall/audit.py",
    "wall/gate.py",
    "wall/places.py",  # what waits in the menu, on every page
}
IMPORT = re.compile(
    r"^\s*(?:from desist\.wall\.statements import|from desist\.wall import .*\bstatements\b)", re.M
)


def using(folder: Path) -> set[str]:
    """Return the modules below a folder that import such statements."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*.py")
        if IMPORT.search(path.read_text("utf-8"))
    }


def test_only_measured_pages_have_statements_of_their_own() -> None:
    assert using(SOURCE) == MEASURED


@pytest.mark.parametrize(
    "line", ["from desist.wall.statements import Question", "from desist.wall import gate, statements"]
)
def test_another_page_is_found(line: str, tmp_path: Path) -> None:
    (tmp_path / "queries.py").write_text(f"import re\n{line}\n")

    assert using(tmp_path) == {"queries.py"}
