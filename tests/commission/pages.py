"""Every page of the commission that a test looks at in a real browser."""

from tests.looking import Pages

from desist.wall.actors import Role

PAGES: Pages = {
    "nothing": {Role.COMMISSIONER: ("",)},
    "returns": {
        Role.COMMISSIONER: (
            *(
                "",
                "returns/{newest}/",
                "returns/{newest}/four/",
                "returns/{newest}/ask/",
                "returns/{recalled}/",
            ),
            *("returns/{replaced}/", "returns/{police}/", "returns/{police}/four/"),
            *("returns/{advocates}/", "returns/{advocates}/four/"),
        ),
        Role.EVALUATOR: ("", "returns/{newest}/", "returns/{newest}/four/"),
    },
}
