"""Codes about agencies that help a person or a client. A code crosses; each side has the words."""

from datetime import timedelta

from django.db.models import TextChoices

#: an entry of the directory that nobody has checked for so long is to be checked
STALE = timedelta(days=182)
#: an agency is asked again where it has not answered a referral for so long
ANSWERS_WITHIN = timedelta(days=7)


class Need(TextChoices):
    """The purpose of the support."""

    MENTAL_HEALTH = "mental_health", "Mental health"
    SUBSTANCES = "substances", "Alcohol or drugs"
    HOUSING = "housing", "Housing"
    MONEY = "money", "Money and debt"
    WORK = "work", "Work and education"
    PARENTING = "parenting", "Parenting"
    NEURODIVERSITY = "neurodiversity", "Neurodiversity"
    PHYSICAL_HEALTH = "physical_health", "Physical health"
    LEGAL = "legal", "Legal advice"
    OTHER = "other", "Something else"


class Capacity(TextChoices):
    """Whether an agency takes people at present."""

    FREE = "free", "Takes people now"
    WAITING = "waiting", "Has a waiting list"
    FULL = "full", "Takes nobody at present"


class Answers(TextChoices):
    """The way in which an agency answers referrals."""

    ACCOUNT = "account", "In Desist, with accounts of its own"
    LINK = "link", "By a link, without an account"
    HAND = "hand", "By telephone or letter"


class Side(TextChoices):
    """Whose referrals a colleague of an agency reads: those of people on a programme and of clients are kept apart."""

    PROGRAMME = "programme", "Of people on a programme"
    ADVOCACY = "advocacy", "Of clients of an advocacy service"
    BOTH = "both", "Both: nobody else works there"


class Basis(TextChoices):
    """The lawful basis of passing a person's data to an agency (UK GDPR, Article 6(1); Data Protection Act 2018, s.35)."""

    CONSENT = "consent", "Consent"
    PUBLIC_TASK = "public_task", "Public task"
    LEGITIMATE = "legitimate", "Legitimate interests"
    LEGAL = "legal", "Legal obligation"
    VITAL = "vital", "Vital interests: a life is at stake"


class Said(TextChoices):
    """What an agency tells the service that referred a person to it."""

    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Not accepted"
    ASKED = "asked", "A question"
    ATTENDED = "attended", "Attended"
    MISSED = "missed", "Did not attend"
    CONCERN = "concern", "A concern"
    ENDED = "ended", "Ended"


#: what an agency can say, as its form asks
SAY: dict[Said, str] = {
    Said.ACCEPTED: "We accept the referral",
    Said.ASKED: "We have a question first",
    Said.DECLINED: "We do not accept it",
    Said.ATTENDED: "The person attended",
    Said.MISSED: "The person did not attend",
    Said.CONCERN: "We have a concern",
    Said.ENDED: "Our support has ended",
}
#: what needs words; an attendance or an acceptance needs none
NEEDS_WORDS = frozenset({Said.ASKED, Said.DECLINED, Said.CONCERN, Said.ENDED})
