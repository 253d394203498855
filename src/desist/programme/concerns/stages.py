"""The stages of following a concern: which step leads from where to where, who owes the next one, and by when."""

from django.db.models import TextChoices


class Kind(TextChoices):
    """What a concern is about, coded so that it can be counted."""

    CHILD = "child", "A child"
    ADULT = "adult", "An adult at risk"
    LIFE = "life", "Threat to life"
    SELF_HARM = "self_harm", "Self-harm or suicide"
    BREACH = "breach", "Breach of an order"
    STAFF = "staff", "Threat to staff"
    OTHER = "other", "Something else"


class Stage(TextChoices):
    """What comes next for a concern. TRANSITIONS says which stage may follow which."""

    SCREENING = "screening", "To be screened"
    ENQUIRY = "enquiry", "Being enquired into"
    DECISION = "decision", "To be decided"
    REFERRAL = "referral", "To be referred to the council"
    COUNCIL = "council", "Waiting for the council"
    ACTIONS = "actions", "Actions, then to be closed"
    CLOSED = "closed", "Closed"


class Step(TextChoices):
    """One thing that was done about a concern."""

    SCREENED = "screened", "Screened"
    ENQUIRED = "enquired", "Enquiry recorded"
    DECIDED = "decided", "Decided"
    REFERRED = "referred", "Referred to the council"
    CHASED = "chased", "Council chased"
    ANSWERED = "answered", "Council decided"


class Way(TextChoices):
    """How a concern goes on, as the person who screens or decides it says."""

    ENQUIRE = "enquire", "Find out more first"
    COUNCIL = "council", "Refer to the council"
    ACT = "act", "Act ourselves"
    NOTHING = "nothing", "Nothing more is needed"


class Reached(TextChoices):
    """How far one got when chasing the council."""

    TEAM = "team", "The team that has the referral"
    MANAGER = "manager", "A manager of that team"
    NOBODY = "nobody", "Nobody answered"


class Answer(TextChoices):
    """What the council decided."""

    ASSESSES = "assesses", "They assess or enquire"
    HELPS = "helps", "They offer help or advice, without an assessment"
    NOTHING = "nothing", "They do nothing further"


#: what may be done at a stage -> by its result, the stage that follows
STEPS: dict[tuple[Stage, Step], dict[str, Stage]] = {
    (Stage.SCREENING, Step.SCREENED): {
        Way.ENQUIRE: Stage.ENQUIRY,
        Way.COUNCIL: Stage.REFERRAL,
        Way.ACT: Stage.ACTIONS,
        Way.NOTHING: Stage.ACTIONS,
    },
    (Stage.ENQUIRY, Step.ENQUIRED): {"": Stage.DECISION},
    (Stage.DECISION, Step.DECIDED): {
        Way.COUNCIL: Stage.REFERRAL,
        Way.ACT: Stage.ACTIONS,
        Way.NOTHING: Stage.ACTIONS,
    },
    (Stage.REFERRAL, Step.REFERRED): {"": Stage.COUNCIL},
    (Stage.ACTIONS, Step.REFERRED): {"": Stage.COUNCIL},
    (Stage.COUNCIL, Step.CHASED): dict.fromkeys(Reached, Stage.COUNCIL),
    (Stage.COUNCIL, Step.ANSWERED): dict.fromkeys(Answer, Stage.ACTIONS),
}
#: stage -> the stages that may follow; a council that never answers is no reason to keep a concern open for ever
TRANSITIONS: dict[Stage, tuple[Stage, ...]] = {
    Stage.SCREENING: (Stage.ENQUIRY, Stage.REFERRAL, Stage.ACTIONS),
    Stage.ENQUIRY: (Stage.DECISION,),
    Stage.DECISION: (Stage.REFERRAL, Stage.ACTIONS),
    Stage.REFERRAL: (Stage.COUNCIL,),
    Stage.COUNCIL: (Stage.COUNCIL, Stage.ACTIONS, Stage.CLOSED),
    Stage.ACTIONS: (Stage.COUNCIL, Stage.CLOSED),
    Stage.CLOSED: (),
}
#: working days in which the step of a stage is asked for; an enquiry, and a council that was chased, get a day of their own.
#: The council's one working day: Working Together to Safeguard Children (2023), on the response to a referral
DAYS: dict[Stage, int] = {
    Stage.SCREENING: 1,
    Stage.DECISION: 2,
    Stage.REFERRAL: 0,
    Stage.COUNCIL: 1,
    Stage.ACTIONS: 10,
}
#: stage -> its next step as a line of To do says it, and the page that records it
NEXT: dict[Stage, tuple[str, str]] = {
    Stage.SCREENING: ("screen the concern", "concerns:screen"),
    Stage.ENQUIRY: ("enquire into the concern", "concerns:enquire"),
    Stage.DECISION: ("decide what to do about the concern", "concerns:decide"),
    Stage.REFERRAL: ("refer the concern to the council", "concerns:refer"),
    Stage.COUNCIL: ("get the council’s decision about the concern", "concerns:answer"),
    Stage.ACTIONS: ("finish the actions and close the concern", "concerns:close"),
}
