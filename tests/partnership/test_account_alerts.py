"""An account alert stands on the first page of anyone who leads the area's people, and not on that of its subject."""

import pytest
from tests import staff
from tests.programme.reading import text

from desist.accounts.alerts.commands import raise_
from desist.accounts.alerts.states import Kind
from desist.wall.actors import Role

pytestmark = pytest.mark.django_db


def test_the_leader_reads_it_first_and_its_subject_never() -> None:
    subject, leader = staff.account(name="Kit Marlow"), staff.account(name="Ines Vale")
    theirs = staff.browser(account=subject, role=Role.OFFICER)
    leaders = staff.browser(account=leader, role=Role.FORCE_LEAD)
    raise_(kind=Kind.REVEALS, about=subject.ref, at=staff.NOW, count=13)

    assert "Look into this: Kit Marlow revealed more than a day’s work needs (13 times)" in text(
        leaders.get("/")
    )
    assert "Look into this" not in text(theirs.get("/"))
