"""The kinds of an account alert, and the outcomes of its review."""

from django.db.models import TextChoices


class Kind(TextChoices):
    """The kind of unusual use, in words that follow the name of the account's owner."""

    OWN_SEARCH = "own_search", "searched for their own name, address or number"
    UNASSIGNED = "unassigned", "opened many cases that are not assigned to them"
    CLOSED_CASE = "closed_case", "went back to a closed case"
    REVEALS = "reveals", "revealed more than a day’s work needs"
    REFUSALS = "refusals", "wrote words that were refused more often than the limit"
    SEARCHES = "searches", "searched for people more often than the limit"
    VICTIM_NAMED = "victim_named", "sent a referral with words that may name its victim"
    EMERGENCY = "emergency", "opened a case by emergency access"
    NO_CASE = "no_case", "asked for emergency access to a case that could not be opened"


#: kinds whose page shows every access, and whose closing reviews every access
EMERGENCIES = (Kind.EMERGENCY, Kind.NO_CASE)


class Outcome(TextChoices):
    """The outcome of an alert's review."""

    WORK = "work", "It was part of their work"
    MISTAKE = "mistake", "It was a mistake, and they know it"
    MISUSE = "misuse", "It was misuse: dealt with under the rules of the service"
    BREACH = "breach", "It was a personal data breach, and is recorded as one"
