"""Every page of the commission that a test looks at in a real browser."""

from tests.looking import Pages

from desist.wall.actors import Role

PAGES: Pages = {"nothing": {Role.COMMISSIONER: ("",)}}
