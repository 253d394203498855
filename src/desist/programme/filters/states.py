"""The lists whose filters can be kept, each with its page and what a filter of it may say."""

from django.db.models import TextChoices


class List(TextChoices):
    """A long list."""

    PEOPLE = "people", "People"
    LEAVERS = "leavers", "People who left"
    REFERRALS = "referrals", "Referrals"
    CONCERNS = "concerns", "Concerns"
    AGENCIES = "agencies", "Partner agencies"


ROUTES: dict[str, str] = {
    List.PEOPLE: "episodes:episodes",
    List.LEAVERS: "leavers:leavers",
    List.REFERRALS: "referrals:referrals",
    List.CONCERNS: "concerns:concerns",
    List.AGENCIES: "support:directory",
}
#: codes and references alone: no typed word is ever kept
PARTS: dict[str, tuple[str, ...]] = {
    List.PEOPLE: ("stage", "practitioner", "sort"),
    List.LEAVERS: ("year", "way", "practitioner", "sort"),
    List.REFERRALS: ("state", "route", "referrer", "sort"),
    List.CONCERNS: ("state", "outcome", "sort"),
    List.AGENCIES: ("listed", "need", "sort"),
}
