"""Every page of the partnership that a test looks at in a real browser: fixture that makes the rows -> role -> pages.

Words in braces stand for rows; each fixture says which (test_pages.py).
"""

from tests.looking import Pages

from desist.wall.actors import Role

PAGES: Pages = {
    "quarterly_returns": {
        Role.FORCE_LEAD: (
            *("", "quarterly/", "quarterly/count/2026-04-01/", "quarterly/count/2026-07-01/"),
            *("quarterly/{counted}/", "quarterly/{sent}/", "quarterly/{sent}/recall/"),
            *("quarterly/question/{asked}/", "quarterly/question/{answered}/"),
        ),
        Role.ORDER_COORDINATOR: ("quarterly/{signed}/", "quarterly/{signed}/send/"),
    },
    "outcome_extracts": {
        Role.FORCE_LEAD: (
            *("", "extracts/", "extracts/{asked}/", "extracts/{asked}/count/", "extracts/{counted}/"),
            *("extracts/{sent}/", "extracts/{sent}/recall/", "extracts/{recalled}/"),
        ),
        Role.ORDER_COORDINATOR: ("extracts/{signed}/", "extracts/{signed}/send/"),
    },
    "an_order": {
        Role.ORDER_COORDINATOR: (
            *("", "orders/", "orders/due/", "orders/start/", "orders/{o}/", "orders/{o}/serve/"),
            "orders/{draft}/apply/",
            "orders/{certified}/",
            *(
                "orders/{o}/interim/",
                "orders/{o}/protect/",
                "orders/{o}/programme/",
                "orders/{alone}/programme/",
            ),
            *("conditions/{draft}/add/", "conditions/{draft}/{c}/change/", "conditions/{draft}/{c}/remove/"),
            *("applications/{o}/file/", "applications/{o}/{a}/decide/", "applications/{o}/{a}/settle/"),
            *("applications/{o}/{a}/serve/", "notifications/{o}/{n}/give/", "notifications/{o}/{n}/look/"),
            *("notifications/{o}/change/", "notifications/{o}/suspension/"),
            *(
                "releases/of/{o}/",
                "releases/{release}/",
                "releases/{release}/go-on/",
                "breaches/{o}/record/",
                "breaches/{o}/{b}/",
                "breaches/{o}/{b}/follow/",
                "order-copies/{o}/store/",
                *(
                    "transfers/{o}/",
                    "transfers/{moving}/",
                    "transfers/{transfer}/told/",
                    "transfers/offers/{offer}/",
                ),
                *("merges/", "merges/{merge}/", "merges/{p}/with/{twin}/", "merges/{merge}/split/"),
            ),
            *(
                "register/import/",
                "register/export/",
                "identities/",
                "identities/decide/",
                "identities/{i}/told/",
            ),
        ),
    },
    "referrals": {
        Role.OFFICER: (
            *(
                "referrals/",
                "referrals/?state=sent&stage=left",
                "search/",
                "search/?found={sought}",
                "referrals/start/",
                "referrals/{draft}/",
                "referrals/{draft}/check/",
                "referrals/{begun}/",
                "referrals/{begun}/discard/",
                "referrals/{gone}/",
            ),
            *("referrals/{draft}/person/", "referrals/{draft}/reach/", "referrals/{draft}/route/"),
            *("referrals/{draft}/behaviour/", "referrals/{draft}/offence/", "referrals/{draft}/safety/"),
            "referrals/{draft}/risk/",
            *("referrals/{draft}/contact/", "referrals/{sent}/", "referrals/{sent}/withdraw/"),
            *("referrals/{sent}/amend/offence/", "imports/", "attachments/{draft}/"),
            *("attachments/file/{f}/look/", "victims/", "victims/start/"),
            *("attachments/{sent}/", "attachments/file/{h}/reason/", "attachments/file/{h}/release/"),
            "attachments/file/{s}/recall/",
        ),
        Role.FORCE_LEAD: ("referrals/give/", "referrals/discarded/", "referrals/{begun}/discard/"),
    },
    "agencies": {
        Role.FORCE_LEAD: (
            *("agencies/", "agencies/?listed=past", "agencies/add/", "agencies/{agency}/"),
            *("agencies/{agency}/change/", "agencies/{agency}/let-in/", "support/agencies/{agency}/end/"),
            *("terms/", "terms/set/", "terms/{agency}/record/"),
        ),
        Role.PARTNER: ("support/", "support/{support}/", "support/{support}/answer/", "terms/accept/"),
    },
    "panels": {
        Role.PANEL_CHAIR: (
            *("", "panels/", "panels/?meetings=past", "panels/add/", "panels/{meeting}/"),
            *("panels/{meeting}/change/", "panels/{meeting}/attendance/", "panels/{meeting}/call-off/"),
            *(
                "panels/{meeting}/reader/",
                *("agenda/{item}/", "agenda/add/{meeting}/"),
                "agenda/{item}/change/",
                "agenda/{item}/take-off/",
            ),
            *("panel-papers/about/{item}/write/", "panel-papers/about/{item}/release/"),
            *(
                *("panel-papers/pack/{meeting}/", "panel-packs/{meeting}/"),
                "panel-papers/{guest}/link/",
                "panel-papers/{guest}/link/made/",
            ),
            *(
                "panel-actions/about/{item}/give/",
                "panel-actions/{action}/",
                "panel-actions/{action}/answer/",
            ),
        ),
        Role.OFFICER: ("agenda/put/{case}/",),
        Role.PARTNER: (
            *("our-panels/", "our-panels/{meeting}/", "our-panels/papers/{paper}/"),
            *("our-panels/papers/{recalled}/", "our-panels/actions/{action}/"),
            "our-panels/actions/{action}/answer/",
        ),
    },
    "pairs": {
        Role.OFFICER: (
            *(
                "",
                "pairs/",
                "pairs/{side}/",
                "pairs/{asked}/",
                "pairs/referral/{person}/",
                "pairs/type-in/",
                "pairs/{side}/end/",
            ),
            "people/{person}/",
            *("switchboard/{person}/ask/", "reports/", "reports/{report}/", "reports/{report}/copy/"),
            *("exhibits/{exhibit}/", "exhibits/{arriving}/"),
            *("alerts/", "alerts/{alert}/", "alerts/{alert}/acknowledge/"),
        ),
        Role.FORCE_LEAD: ("duty/", "duty/add/"),
    },
    "disclosures": {
        Role.OFFICER: (
            *("disclosures/", "disclosures/about/{person}/", "disclosures/requests/{question}/"),
            *(
                "disclosures/requests/{question}/refuse/",
                "disclosures/{draft}/",
                "disclosures/{draft}/write/",
            ),
            *("disclosures/{draft}/approve/", "disclosures/{offer}/", "disclosures/{offer}/pass-on/"),
            *("disclosures/{offer}/refuse/", "disclosures/{sent}/", "disclosures/{sent}/recall/"),
            *("disclosures/{sent}/received/", "disclosures/{sent}/print/"),
            *("judgements/", "judgements/{judge}/"),
        ),
    },
}

#: forms that are sent as they were opened: the page that comes back says what is wrong
REFUSED: Pages = {
    "quarterly_returns": {
        Role.FORCE_LEAD: (
            *("quarterly/count/2026-04-01/", "quarterly/{sent}/recall/", "quarterly/question/{asked}/"),
        ),
        Role.ORDER_COORDINATOR: ("quarterly/{signed}/send/",),
    },
    "outcome_extracts": {
        Role.FORCE_LEAD: ("extracts/{asked}/count/", "extracts/{sent}/recall/"),
        Role.ORDER_COORDINATOR: (),  # one commissioner alone: the form is right as it opens
    },
    "an_order": {
        Role.ORDER_COORDINATOR: (
            *("orders/start/", "conditions/{draft}/add/", "breaches/{o}/record/", "identities/decide/"),
            *("notifications/{o}/{n}/give/", "transfers/{o}/", "transfers/offers/{offer}/"),
            "transfers/{transfer}/told/",
        ),
    },
    "referrals": {
        Role.OFFICER: (
            *("referrals/start/", "referrals/{begun}/behaviour/", "referrals/{begun}/check/"),
            "victims/start/",
        ),
    },
    "agencies": {
        Role.FORCE_LEAD: ("agencies/add/", "terms/{agency}/record/"),
        Role.PARTNER: ("support/{support}/answer/",),
    },
    "panels": {
        Role.PANEL_CHAIR: (
            *("panels/add/", "panel-papers/about/{item}/write/", "panel-papers/pack/{meeting}/"),
            *("panel-actions/about/{item}/give/", "panels/{meeting}/reader/"),
        ),
        Role.OFFICER: ("agenda/put/{case}/",),
        Role.PARTNER: ("our-panels/actions/{action}/answer/",),
    },
    "pairs": {Role.OFFICER: ("pairs/type-in/",)},
    "disclosures": {
        Role.OFFICER: ("disclosures/about/{person}/", "disclosures/{offer}/pass-on/", "judgements/{judge}/")
    },
}

#: where one writes every day: nothing that is typed there is lost to what comes between
WRITTEN: Pages = {
    "an_order": {
        Role.ORDER_COORDINATOR: (
            *("orders/start/", "conditions/{draft}/add/", "breaches/{o}/record/", "breaches/{o}/{b}/follow/"),
            *("notifications/{o}/{n}/give/", "applications/{o}/file/"),
        )
    },
    "referrals": {
        Role.OFFICER: (
            *("referrals/{draft}/person/", "referrals/{draft}/behaviour/", "referrals/{draft}/offence/"),
            *("referrals/{draft}/safety/", "victims/start/", "tasks/give/"),
        ),
    },
    "panels": {
        Role.PANEL_CHAIR: (
            "panel-papers/about/{item}/write/",
            "panel-actions/about/{item}/give/",
        ),
    },
    "disclosures": {Role.OFFICER: ("disclosures/{draft}/write/",)},
}
