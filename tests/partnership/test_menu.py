"""The menu of the partnership zone."""

import pytest
from tests import menus

from desist.sites import Zone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys")]


@pytest.mark.usefixtures("own_keys")
def test_each_place_of_the_menu_opens_under_the_name_that_the_menu_gives_it() -> None:
    assert menus.disagreeing(Zone.PARTNERSHIP) == []
