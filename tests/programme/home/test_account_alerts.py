"""An account alert stands on the first page of everybody who looks into it, and on no other."""

import pytest
from tests import staff
from tests.programme.reading import text

from desist.accounts.alerts.commands import raise_
from desist.accounts.alerts.states import Kind
from desist.wall.actors import Role

pytestmark = pytest.mark.django_db

SAID = "Look into this: Kit Marlow revealed more than a day’s work needs (13 times)"


@pytest.mark.parametrize(
    ("role", "stands"),
    [
        *((Role.MANAGER, True), (Role.DATA_PROTECTION_OFFICER, True), (Role.ADMINISTRATOR, False)),
        *((Role.PRACTITIONER, False), (Role.SUPERVISOR, False)),
    ],
)
def test_it_stands_on_the_first_page_of_those_who_look_into_it(role: Role, *, stands: bool) -> None:
    kit = staff.account(name="Kit Marlow")
    staff.grant(account=kit, role=Role.PRACTITIONER)
    for other in (Role.MANAGER, Role.DATA_PROTECTION_OFFICER):
        staff.grant(account=staff.account(name="Ines Vale"), role=other)
    raise_(kind=Kind.REVEALS, about=kit.ref, at=staff.NOW, count=13)

    page = text(staff.browser(account=staff.account(name="Mo Harrow"), role=role).get("/", follow=True))

    assert (SAID in page) == stands
    assert ("Look into this" in page) == stands
