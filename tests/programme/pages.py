"""Every page of the programme that a test looks at in a real browser: fixture that makes the rows -> role -> pages.

Words in braces stand for rows; each fixture says which (test_pages.py).
"""

from tests.looking import Pages

from desist.wall.actors import Role

PAGES: Pages = {
    "a_session": {
        Role.PRACTITIONER: (
            *("", "episodes/", "search/", "search/?found={sought}", "skills/", "skills/shared/?skill=notice"),
            *("sessions/{s}/", "sessions/{s}/prepare/", "sessions/{s}/record/", "sessions/{s}/finish/"),
            *("sessions/{s}/shared/", "sessions/{s}/feedback/", "sessions/{missed}/follow-up/"),
            *("sessions/{s}/missed/", "rescheduling/{missed}/again/"),
            *("chains/in/{s}/", "chains/of/{e}/", "chains/{c}/", "chains/{c}/edit/", "chains/{c}/shared/"),
            *("chains/{c}/shared/edit/", "chains/{c}/shared/change/{link}/", "chains/{c}/shared/analysis/"),
            *("chains/{c}/change/{link}/", "chains/{c}/analysis/", "concerns/", "concerns/{s}/raise/"),
            *("concerns/find/", "tasks/give/", "tasks/give/{e}/", "tasks/{own_task}/"),
            *("concerns/{council}/", "concerns/{enquiry}/enquire/", "concerns/{referral}/refer/"),
            *("concerns/{council}/chase/", "concerns/{council}/answer/"),
            *("concerns/of/{e}/", "concerns/?state=raised", "episodes/?stage=gone"),
            *("chains/{c}/versions/", "chains/{c}/versions/1/"),
            *("sessions/{held}/versions/", "sessions/{held}/versions/1/"),
            *("corrections/{right}/correct/", "sessions/{right}/", "sessions/{right}/versions/2/"),
            *("diary/{e}/", "diary/{e}/{day}/", "disclosures/{e}/", "disclosures/{e}/ask/"),
            *("diary/{e}/week/{day}/", "diary/{e}/targets/", "triggers/{e}/"),
            *("phones/{e}/", "phones/{e}/invite/", "phones/answer/{sent}/"),
            *(
                "practice/{e}/",
                "practice/{e}/add/",
                "reminders/{e}/",
                "reminders/{e}/choose/",
                "paper/{e}/?edition=large",
                "between/{e}/",
                "skills/ride/",
            ),
            *("coping/{e}/", "coping/{e}/write/", "coping/{e}/shared/"),
            *(
                "disclosures/{e}/type-in/",
                "disclosures/{e}/type-in-refusal/",
                "disclosures/{e}/type-in-recall/",
            ),
            "disclosures/{nothing}/type-in-recall/",
            "quality/{held}/oneself/",
            *("restrictions/ask/", "restrictions/emergency/", "declarations/"),
        ),
    },
    "stuck_post": {
        Role.ADMINISTRATOR: (
            "account/people/",
            *("post/envelopes/", "post/envelopes/00000000-0000-0000-0000-000000000001/set-aside/"),
            "post/partners/",
            "post/partners/{police}/",
        ),
        Role.MANAGER: ("", "account/service/", "alerts/", "alerts/{alert}/"),
    },
    "quarterly_returns": {
        Role.MANAGER: (
            *("", "quarterly/", "quarterly/count/2026-04-01/", "quarterly/count/2026-07-01/"),
            *("quarterly/{counted}/", "quarterly/{sent}/", "quarterly/{sent}/recall/"),
            *("quarterly/question/{asked}/", "quarterly/question/{answered}/"),
        ),
        Role.EXECUTIVE: ("quarterly/{signed}/", "quarterly/{signed}/send/", "outcomes/", "outcomes/endings/"),
    },
    "an_extract_to_sign": {Role.MANAGER: ("extracts/{counted}/",)},
    "outcome_extracts": {
        Role.MANAGER: (
            *("extracts/", "extracts/count/", "extracts/{signed}/", "extracts/{sent}/"),
            *("extracts/{sent}/recall/", "extracts/{recalled}/", "post/agreements/"),
        ),
        Role.EXECUTIVE: ("extracts/", "extracts/{signed}/", "extracts/{signed}/send/"),
    },
    "everything_shared": {
        Role.ADMINISTRATOR: (
            *("account/", "account/people/", "account/people/{kit}/", "account/people/{kit}/give-role/"),
            *("account/people/{kit}/leave/", "account/role/"),
            *("post/envelopes/", "post/partners/", "post/partners/add/", "post/partners/{police}/"),
            *("restrictions/", "restrictions/restrict/", "restrictions/keep-from/", "restrictions/ask/"),
            *("restrictions/reviewer/", "restrictions/{restriction}/", "restrictions/{restriction}/end/"),
            "account/emails/not-sent/",
        ),
        Role.DATA_PROTECTION_OFFICER: (
            "audit/",
            "audit/?purpose=lawfulness",
            "account/",
            "account/alerts/",
            "account/alerts/{account_alert}/",
            "audit/export/?purpose=lawfulness",
            "downloads/",
            "downloads/{download}/take/",
        ),
        Role.MANAGER: (
            *("", "duty/", "duty/add/", "post/by-hand/", "post/by-hand/{task}/tell/"),
            "declarations/",
            *("post/agreements/", "post/agreements/keep/", "post/agreements/{agreement}/"),
            *("concerns/{screening}/", "concerns/{screening}/screen/", "concerns/{decision}/decide/"),
            *("concerns/{actions}/", "concerns/{actions}/close/"),
            *("concerns/{concern}/close/", "alerts/", "alerts/{alert}/", "alerts/{alert}/acknowledge/"),
        ),
    },
    "a_referral": {
        Role.MANAGER: (
            *("intake/", "intake/start/", "intake/{d}/", "intake/{d}/check/", "intake/{done}/check/"),
            *(
                "intake/{done}/person/",
                "intake/{done}/behaviour/",
                *("outside/", "outside/{o}/", "outside/{o}/turn-down/", "outside/{oa}/answer/"),
                *("moving-in/", "moving-in/{moving}/", "moving-in/{checked}/", "moving-in/offers/{offered}/"),
                *("refer/", "refer/{door}/person/", "refer/{door}/myself/"),
                "imports/",
                "referrals/",
                "referrals/?state=declined",
                "referrals/?route=police_voluntary&sort=person",
                "referrals/{r}/",
                "referrals/{kept}/",
                *("merges/", "merges/{merge}/", "merges/{r}/with/{second}/", "merges/{merged}/"),
                *("merges/{merged}/split/", "referrals/{second}/"),
            ),
            "concerns/referred/{r}/raise/",
            *(
                "contact-details/{r}/",
                "contact-details/{kept}/",
                "telephone-notices/{alone}/person/",
                "telephone-notices/{alone}/offence/",
            ),
            *("telephone-notices/{alone}/taken-back/", "telephone-notices/{r}/taken-back/"),
            *("judgements/{outside}/ask/", "judgements/{judge}/type-in/", "referrals/{judge}/"),
            *("enclosures/{d}/", "enclosures/{done}/", "enclosures/{gone}/"),
            *("intake/{d}/discard/", "intake/{gone}/", "intake/{gone}/discard/", "intake/discarded/"),
            *(
                "telephone-notices/{typed}/taken-back/settle/",
                "telephone-notices/{r}/taken-back/settle/",
                "referrals/{typed}/",
            ),
            *(
                "intake/of/{r}/told/",
                "intake/of/{alone}/told/",
                "attachments/{r}/",
                "attachments/file/{f}/look/",
            ),
        ),
    },
    "an_assessment": {
        Role.PRACTITIONER: (
            *(
                "episodes/{e}/",
                "episodes/{begins}/",
                "referrals/of/{e}/",
                "agreement/{e}/",
                "agreement/notice/",
                "agreement/{e}/tell/",
            ),
            *("agreement/{e}/ask/", "agreement/{e}/withdraw/", "agreement/task/{t}/"),
            "agreement/given/{notice}/",
            *("training/mine/", "training/of/{p}/course/", "feedback/{e}/"),
            *("reflections/", "reflections/write/", "reflections/{told}/", "reflections/{kept}/"),
            "reflections/{kept}/change/",
            *("assessments/of/{e}/", "assessments/of/{e}/appoint/", "assessments/{a}/"),
            "concerns/of/{e}/raise/",
            *("assessments/{a}/move/", "assessments/{a}/write/", "assessments/{a}/finish/"),
            *("assessments/{a}/cancel/", "measures/of/{e}/", "measures/of/{e}/change/"),
            *("measures/of/{e}/pcl-5/", "measures/of/{e}/core-10/", "measures/of/{e}/phq-9/total/"),
            *("measures/{m}/", "measures/{m}/strike/", "measures/{f}/safety/"),
            *("risk/", "risk/{e}/", "risk/{e}/record/", "risk/{j}/strike/"),
            *("risk/{e}/note/", "risk/{e}/type/", "risk/{u}/end/"),
            *("circumstances/", "circumstances/{e}/", "circumstances/{e}/risk/", "circumstances/{e}/need/"),
            *("circumstances/{e}/end-referred/", "circumstances/{ci}/review/", "circumstances/{ci}/end/"),
            *("circumstances/{e}/self-harm/", "circumstances/{e}/self-harm/write/"),
            *("circumstances/{e}/family/", "circumstances/{e}/family/add/"),
            *("circumstances/relatives/{re}/change/", "circumstances/relatives/{re}/end/"),
            *("scenarios/of/{e}/", "scenarios/of/{e}/begin/", "scenarios/{form}/", "scenarios/{form}/add/"),
            "scenarios/{form}/offer/",
            *("scenarios/scenario/{scenario}/change/", "scenarios/scenario/{scenario}/"),
            *(
                "plans/{e}/",
                "plans/{e}/goal/",
                "plans/{e}/readiness/",
                "plans/goal/{g}/change/",
                "plans/goal/{g}/rate/",
            ),
            *(
                "support/",
                "support/?need=money",
                "support/of/{e}/",
                "support/of/{e}/refer/",
                "support/{s}/outcome/",
                *("agency-links/{s}/make/", "answer-files/{s}/"),
                "support/{s}/news/",
                "support/{s}/withdraw/",
            ),
        ),
        Role.MANAGER: (
            *("", "triage/", "triage/{r}/", "triage/{r}/decide/", "triage/{r}/advice/", "triage/{r}/delay/"),
            *("triage/criteria/", "triage/criteria/change/", "agreement/words/", "agreement/words/change/"),
            "overrides/{without}/decide/",
            *("support/", "support/add/", "support/agency/{y}/end/", "service/", "supervision/"),
            *("supervision/of/{p}/", "supervision/of/{p}/arrange/", "supervision/of/{p}/end/"),
            *("scenarios/{offered}/", "scenarios/{offered}/sign/"),
            *("training/", "training/?show=refresher", "training/of/{p}/"),
            *(
                "team-to-do/",
                "quality/",
                "quality/{q}/",
                "returns/",
                "outcomes/",
                "outcomes/endings/",
                "outcomes/people/?of=received",
                "settings/",
                "settings/practitioners/{p}/",
            ),
            *(
                "settings/practitioners/{new}/enter/",
                "settings/agencies/{y}/",
                "measures/wordings/",
                "account/emails/",
                "history/{e}/?kind=risk",
            ),
        ),
        Role.SUPERVISOR: (
            *("", "supervision/", "supervision/of/{p}/", "supervision/of/{p}/plan/"),
            *("training/", "training/of/{l}/", "training/of/{l}/induction/", "training/of/{l}/competence/"),
            *("reflections/", "reflections/{heard}/"),
            *("supervision/{v}/record/", "supervision/{v}/cancel/", "supervision/debrief/{d}/"),
        ),
        Role.OBSERVER: ("quality/", "quality/draw/", "quality/{q}/", "quality/{w}/rate/"),
    },
    "a_plan": {
        Role.PRACTITIONER: (
            *(
                "planner/{e}/",
                "planner/{e}/plan/",
                "rescheduling/{n}/move/",
                "rescheduling/{n}/cancel/",
                "rescheduling/{e}/add/",
            ),
            *("busy/{e}/add/", "curriculum/", "calendar/", "calendar/made/"),
            *("week/", "week/?view=team", "week/book/?day=2026-12-01&at=10:00", "handovers/{h}/"),
            *(
                "team/links/",
                "team/links/declare/",
                "late-entries/{begun}/",
                "late-entries/{n}/",
                "late-entries/{e}/enter/",
            ),
            *("sessions/{n}/prepare/", "orders/of/{e}/", "orders/of/{e}/type-in/", "orders/{o}/change/"),
            *("orders/{o}/end/", "key-dates/of/{e}/", "key-dates/of/{e}/add/", "key-dates/{ahead}/change/"),
            *("contacts/of/{e}/", "contacts/{r}/", "contacts/{r}/note/", "contacts/{call}/strike/"),
            *(
                "documents/of/{e}/",
                "documents/of/{e}/?what=risk",
                "documents/{paper}/look/",
                "documents/{paper}/remove/",
            ),
            *("letters/", "letters/of/{e}/", "letters/of/{e}/write/invitation/", "letters/{letter}/send/"),
        ),
        Role.MANAGER: (
            *("", "allocation/{e}/", "allocation/{p}/hand-over/", "team/", "team/{p}/"),
            *("leave/", "leave/{p}/add/", "week/", "week/?view=rooms"),
            *("premises/", "premises/add/", "premises/{b}/room/", "curriculum/", "curriculum/{u}/"),
            *("curriculum/{u}/module/", "curriculum/{u}/use/", "curriculum/module/{um}/"),
            "curriculum/session/{us}/",
            *("letters/templates/", "letters/templates/invitation/welsh/"),
        ),
    },
    "an_end": {
        Role.PRACTITIONER: (
            *("leaving/{e}/", "leaving/{e}/end/", "leaving/{held}/", "leaving/{heldrow}/tell/"),
            *(
                "certificates/of/{e}/",
                "certificates/of/{e}/issue/",
                "certificates/of/{left}/",
                "certificates/of/{held}/issue/",
            ),
            *("followups/of/{left}/", "followups/{fu}/record/"),
            *(
                "reports/of/{e}/",
                "reports/of/{left}/",
                "reports/of/{left}/start/",
                "reports/of/{held}/start/",
            ),
            *("reports/{signed}/", "reports/{draft}/", "reports/{draft}/write/", "reports/{draft}/offer/"),
            "reports/{offered}/take-back/",
        ),
        Role.MANAGER: (
            *("leaving/{heldrow}/take-back/", "reports/{offered}/", "reports/{offered}/sign/"),
            "moving-in/offers/of/{e}/",
            *("leaving/{mistaken}/", "leaving/{mistakenrow}/reopen/", "leaving/{mistakenrow}/reason/"),
            *("allocation/{mistaken}/finish/", "leavers/", "leavers/file/"),
            "reports/{offered}/give-back/",
        ),
    },
}

#: forms that are sent as they were opened: the page that comes back says what is wrong
REFUSED: Pages = {
    "stuck_post": {},
    "quarterly_returns": {
        Role.MANAGER: (
            *("quarterly/count/2026-04-01/", "quarterly/{sent}/recall/", "quarterly/question/{asked}/"),
        ),
        Role.EXECUTIVE: ("quarterly/{signed}/send/",),
    },
    "an_extract_to_sign": {},
    "outcome_extracts": {Role.MANAGER: ("extracts/count/", "extracts/{sent}/recall/"), Role.EXECUTIVE: ()},
    "a_session": {
        Role.PRACTITIONER: (
            *("sessions/{missed}/follow-up/", "concerns/{s}/raise/", "disclosures/{e}/ask/"),
            *("corrections/{right}/correct/", "practice/{e}/add/", "reminders/{e}/choose/"),
        ),
    },
    "everything_shared": {Role.ADMINISTRATOR: ("post/partners/add/", "restrictions/restrict/")},
    "a_referral": {
        Role.MANAGER: (
            *("intake/start/", "intake/{d}/check/", "imports/", "intake/{d}/discard/"),
            *("merges/", "merges/{r}/with/{second}/", "merges/{merge}/", "merges/{merged}/split/"),
            *(
                "moving-in/",
                "moving-in/offers/{offered}/",
                "outside/{o}/turn-down/",
                "refer/{door}/person/",
                "refer/{door}/myself/",
            ),
            *(
                "telephone-notices/{alone}/person/",
                "telephone-notices/{alone}/taken-back/",
                "telephone-notices/{typed}/taken-back/settle/",
            ),
            "concerns/referred/{r}/raise/",
        )
    },
    "an_assessment": {
        Role.PRACTITIONER: (
            "agreement/{e}/tell/",
            "measures/of/{e}/pcl-5/",
            "risk/{e}/record/",
            "circumstances/{e}/risk/",
            *("training/of/{p}/course/", "reflections/write/"),
        ),
        Role.MANAGER: ("triage/{r}/decide/", "agreement/words/change/"),
        Role.SUPERVISOR: ("training/of/{l}/induction/", "training/of/{l}/competence/"),
    },
    "a_plan": {
        Role.PRACTITIONER: (
            "planner/{e}/plan/",
            "rescheduling/{e}/add/",
            "busy/{e}/add/",
            "key-dates/of/{e}/add/",
            "letters/{letter}/send/",
        )
    },
    "an_end": {
        Role.PRACTITIONER: ("leaving/{e}/end/", "certificates/of/{e}/issue/", "followups/{fu}/record/"),
        Role.MANAGER: (
            *("reports/{offered}/give-back/", "leaving/{mistakenrow}/reopen/"),
            "leaving/{mistakenrow}/reason/",
        ),
    },
}

#: where one writes every day: nothing that is typed there is lost to what comes between
WRITTEN: Pages = {
    "a_session": {
        Role.PRACTITIONER: (
            *("sessions/{s}/record/", "sessions/{missed}/follow-up/", "disclosures/{e}/ask/"),
            *("chains/in/{s}/", "chains/{c}/edit/", "chains/{c}/analysis/", "chains/{c}/change/{link}/"),
            *("concerns/{s}/raise/", "diary/{e}/", "tasks/give/{e}/", "coping/{e}/write/"),
            *("concerns/{enquiry}/enquire/", "concerns/{council}/chase/"),
        )
    },
    "an_assessment": {
        Role.PRACTITIONER: (
            *("assessments/{a}/write/", "measures/of/{e}/phq-9/", "risk/{e}/record/", "plans/{e}/goal/"),
            *(
                "circumstances/{e}/risk/",
                "circumstances/{e}/self-harm/write/",
                "circumstances/{e}/family/add/",
            ),
        ),
        Role.MANAGER: ("triage/{r}/decide/",),
        Role.SUPERVISOR: ("supervision/{v}/record/",),
    },
    "a_plan": {
        Role.PRACTITIONER: (*("rescheduling/{n}/move/", "rescheduling/{e}/add/", "contacts/{r}/note/"),)
    },
}
