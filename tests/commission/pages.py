"""Every page of the commission that is looked at in a real browser."""

from tests.looking import Pages

from desist.wall.actors import Role

PAGES: Pages = {"nothing": {Role.COMMISSIONER: ("",)}}
