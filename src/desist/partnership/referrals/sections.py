"""The sections of a referral, as the task list shows them: one table, used by pages, commands and checks."""

from dataclasses import dataclass

from desist.partnership.referrals import forms
from desist.partnership.referrals.models import Referral
from desist.ui.forms import Form


@dataclass(frozen=True)
class Section:
    """One part of the form: `key` in the address, its form, and the fields that may stay empty."""

    key: str
    title: str
    form: type[Form]
    optional: frozenset[str] = frozenset()

    @property
    def names(self) -> tuple[str, ...]:
        """The model's fields that this section answers."""
        return tuple(self.form.base_fields)

    def finished(self, referral: Referral) -> bool:
        """Whether everything that must be answered is."""
        return all(getattr(referral, name) for name in self.names if name not in self.optional)

    def started(self, referral: Referral) -> bool:
        """Whether anything is answered."""
        return any(getattr(referral, name) for name in self.names)


SECTIONS = (
    Section("person", "The person", forms.Person),
    Section("route", "Route and legal basis", forms.Route),
    Section("behaviour", "Stalking behaviour", forms.Behaviour),
    Section("safety", "Needs and risks to staff", forms.Safety, frozenset({"needs", "risks_to_staff"})),
    Section("contact", "Whom to contact", forms.Contact),
)
BY_KEY = {section.key: section for section in SECTIONS}
