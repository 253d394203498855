"""The sections of a referral, as the task list shows them: one table for pages, commands and checks."""

from dataclasses import dataclass

from desist.partnership.referrals.models import Referral


@dataclass(frozen=True)
class Section:
    """One part of the form: `key` in the address, the model's fields it answers, and those that may stay empty."""

    key: str
    title: str
    names: tuple[str, ...]
    optional: frozenset[str] = frozenset()

    def finished(self, referral: Referral) -> bool:
        """Whether everything that must be answered is."""
        return all(getattr(referral, name) for name in self.names if name not in self.optional)

    def started(self, referral: Referral) -> bool:
        """Whether anything is answered."""
        return any(getattr(referral, name) for name in self.names)


SECTIONS = (
    Section("person", "The person", ("given_names", "family_name", "born")),
    Section("route", "Route and legal basis", ("route", "legal_basis", "proceedings")),
    Section(
        "behaviour", "Stalking behaviour", ("behaviours", "relationship", "offence", "behaviour_account")
    ),
    Section(
        "safety",
        "Needs and risks to staff",
        ("risks_to_staff", "needs"),
        optional=frozenset({"needs", "risks_to_staff"}),
    ),
    Section("contact", "Whom to contact", ("referrer_name", "referrer_phone")),
)
BY_KEY = {section.key: section for section in SECTIONS}
