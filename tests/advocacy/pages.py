"""Every page of the advocacy zone that a test looks at in a real browser: fixture that makes the rows -> role -> pages.

Words in braces stand for rows; the fixture says which (test_pages.py).
"""

from tests.looking import Pages

from desist.wall.actors import Role

PAGES: Pages = {
    "quarterly_returns": {
        Role.ADVOCACY_MANAGER: (
            *("quarterly/", "quarterly/count/2026-04-01/", "quarterly/count/2026-07-01/"),
            *("quarterly/{counted}/", "quarterly/{sent}/", "quarterly/{sent}/recall/"),
            *("quarterly/question/{asked}/", "quarterly/question/{answered}/"),
        ),
        Role.ADVOCATE: ("quarterly/{signed}/", "quarterly/{signed}/send/"),
    },
    "a_client": {
        Role.ADVOCATE: (
            *("", "victims/", "victims/start/", "victims/{v}/", "victims/{v}/consents/"),
            *("victims/{v}/pause/", "victims/{v}/close/"),
            *("vault/{v}/", "vault/{v}/keep/", "search/", "search/?found={sought}"),
            *("contacts/{v}/", "contacts/{v}/words/", "contacts/{v}/times/", "contacts/attempts/{a}/"),
            *("safety/{v}/plan/", "safety/{v}/needs/", "safety/{v}/choices/", "safety/{v}/children/"),
            *("support/", "support/needs/{need}/refer/", "support/{referred}/", "support/{referred}/reply/"),
            *("support/{referred}/withdraw/", "support/{referred}/record/", "agency-links/{referred}/make/"),
            "answer-files/{by_hand}/",
            *("safety/children/{child}/change/", "safety/children/{child}/end/"),
            *("circumstances/{v}/", "circumstances/{v}/risk/", "circumstances/{v}/need/"),
            *("circumstances/{ci}/review/", "circumstances/{ci}/end/", "circumstances/{v}/self-harm/"),
            *("screenings/{v}/", "screenings/{v}/record/", "screenings/after/{i}/", "screenings/one/{sc}/"),
            *("papers/{v}/log/", "papers/{v}/theirs/"),
            *(
                "evidence/{v}/",
                "evidence/one/{f}/",
                "evidence/one/{locking}/",
                "evidence/one/{ex}/choose/",
                "evidence/one/{sound}/recording/",
                "chronology/{v}/",
                "chronology/{v}/pictures/",
                *("candidates/{v}/", "candidates/one/{cand}/"),
                "evidence/one/{kept}/record/0/",
                "chronology/{v}/put/?which=all",
                "chronology/{v}/tag/?which=all",
                "exhibits/{v}/",
                *(
                    f"exhibits/one/{{e}}/{page}"
                    for page in ("", "words/", "files/", "unused/", "finish/", "row/{on}/0/")
                ),
                "exhibits/one/{done}/",
                "exhibits/one/{relocked}/",
            ),
            *("submissions/{v}/", "submissions/{v}/agree/", "submissions/{v}/make/", "submissions/{v}/made/"),
            *("submissions/one/{su}/", "submissions/one/{su}/aside/"),
            *("safety/{v}/notes/", "incidents/{v}/", "incidents/{v}/record/", "incidents/one/{i}/"),
            "incidents/one/{i}/files/",
            *("team/declare/", "disclosures/{v}/", "disclosures/{v}/start/", "disclosures/one/{d}/"),
            *("disclosures/one/{d}/write/", "disclosures/one/{d}/approve/", "disclosures/one/{d}/recall/"),
            *("post/agreements/", "measures/of/{v}/", "measures/of/{v}/own-safety/"),
            *("measures/of/{v}/pcl-5/total/", "measures/one/{m}/"),
            *("updates/{v}/", "updates/{v}/add/", "updates/{v}/entitlement/", "updates/tell/{a}/"),
            *(
                "police/{v}/",
                "police/{v}/ask/",
                "police/{v}/alert/",
                "letters/{v}/",
                "letters/{letter}/posted/",
            ),
            *("handovers/{v}/offer/", "handovers/{handover}/"),
            *("packs/of/{i}/", "packs/of/{i}/paper/", "packs/{p}/", "orders/{v}/", "orders/clearance/{q}/"),
            *("sent-exhibits/of/{finished}/", "sent-exhibits/{sent}/", "sent-exhibits/{sent}/recall/"),
            *("alerts/", "alerts/{al}/", "alerts/{al}/acknowledge/", "duty/"),
        ),
        Role.ADVOCACY_MANAGER: (
            *(
                "",
                *("team/", "team/register/{new}/", "team/advocates/{fable}/"),
                *("victims/{v}/allocate/", "victims/give-over/{fable}/"),
                "vault/{v}/destroy/",
                "vault/allow/",
                "post/agreements/keep/",
                *("merges/", "merges/{merge}/", "merges/{v}/with/{twin}/", "merges/{merge}/split/"),
                "submissions/page/",
                *("moving-in/", "moving-in/{checked}/", "moving-in/{moving}/"),
                *("moving-in/offers/of/{v}/", "moving-in/offers/{offered}/"),
            ),
        ),
    },
}

#: forms that are sent as they were opened: the page that comes back says what is wrong
REFUSED: Pages = {
    "quarterly_returns": {
        Role.ADVOCACY_MANAGER: (
            *("quarterly/count/2026-04-01/", "quarterly/{sent}/recall/", "quarterly/question/{asked}/"),
        ),
        Role.ADVOCATE: ("quarterly/{signed}/send/",),
    },
    "a_client": {
        Role.ADVOCATE: (
            *("victims/start/", "contacts/{v}/times/", "incidents/{v}/record/", "disclosures/{v}/start/"),
            *("police/{v}/ask/", "measures/of/{v}/pcl-5/total/", "screenings/{v}/record/", "papers/{v}/log/"),
            *("evidence/{v}/", "handovers/{handover}/", "exhibits/{v}/", "exhibits/one/{e}/finish/"),
            *("submissions/{v}/agree/", "submissions/{v}/make/", "submissions/one/{su}/aside/"),
        ),
        Role.ADVOCACY_MANAGER: ("vault/{v}/destroy/", "moving-in/offers/{offered}/"),
    },
}

#: where one writes every day: nothing that is typed there is lost to what comes between
WRITTEN: Pages = {
    "a_client": {
        Role.ADVOCATE: (
            *("victims/start/", "vault/{v}/keep/", "contacts/{v}/words/", "contacts/attempts/{a}/"),
            *("safety/{v}/plan/", "safety/{v}/notes/", "incidents/{v}/record/", "disclosures/{v}/start/"),
            *("measures/of/{v}/own-safety/", "updates/{v}/add/", "safety/{v}/choices/", "tasks/give/"),
            *("circumstances/{v}/risk/", "circumstances/{v}/self-harm/", "safety/{v}/children/"),
            *("screenings/{v}/record/", "exhibits/{v}/", "exhibits/one/{e}/words/"),
        ),
    },
}
