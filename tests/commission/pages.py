"""Every page of the commission that a test looks at in a real browser."""

from tests.looking import Pages

from desist.wall.actors import Role

PAGES: Pages = {
    "nothing": {
        Role.COMMISSIONER: (
            "",
            "force-tables/",
            "grants/",
            "grants/enter/",
            "needs/",
            "needs/own/",
            "needs/kent/",
            "extracts/",
        ),
        Role.EVALUATOR: ("extracts/",),
    },
    "returns": {
        Role.COMMISSIONER: (
            *(
                "",
                "returns/{newest}/",
                "returns/{newest}/four/",
                "returns/{newest}/ask/",
                "returns/{recalled}/",
            ),
            *(
                "force-tables/",
                "force-tables/enter/",
                "grants/",
                "grants/enter/",
                "needs/",
                "needs/own/",
                "needs/greater_manchester/",
            ),
            *("returns/{replaced}/", "returns/{police}/", "returns/{police}/four/"),
            "returns/{left}/",
            *("returns/{told}/", "returns/{told}/recall/", "returns/by-hand/{service}/{told_of}/"),
            *("returns/by-hand/{service}/{untold}/", "returns/by-hand/{service}/{posted}/"),
            *("returns/{advocates}/", "returns/{advocates}/four/"),
        ),
        Role.EVALUATOR: (
            *("", "returns/{newest}/", "returns/{newest}/four/"),
            *("force-tables/", "grants/", "needs/own/", "needs/greater_manchester/"),
        ),
    },
    "extracts": {
        Role.COMMISSIONER: ("extracts/",),
        Role.EVALUATOR: (
            *("extracts/", "extracts/{came}/", "extracts/{came}/study/", "extracts/{recalled}/"),
            *("extracts/{over}/", "extracts/{over}/study/"),
            *("extracts/studies/{study}/made/", "extracts/studies/{study}/annex.html"),
            "extracts/studies/{lost}/made/",
        ),
    },
}
