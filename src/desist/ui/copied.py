"""Fields that cost each form a twentieth of what Django's do: only what a form may change of a field is its own."""

from typing import Any, Self, TypeVar

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import pretty_name

Thing = TypeVar("Thing")


class Copied(forms.Field):
    """A field whose copy has attributes of its own, and shares what they hold.

    Django copies every choice and every sentence of every field whenever a form is made. A form may give its fields
    other choices, limits and sentences, and its widgets other attributes; no form changes a list of choices in place.
    """

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """A field for one form."""
        own, widget = _twin(self), _twin(self.widget)
        widget.attrs = dict(self.widget.attrs)
        own.__dict__.update(
            widget=widget, error_messages=dict(self.error_messages), validators=list(self.validators)
        )
        return own


class Bound(BoundField):
    """A field with what was typed in it, but for the names of a hidden twin, which no form of ours draws."""

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        """As Django makes them."""
        self.form, self.field, self.name = form, field, name
        self.html_name = form.add_prefix(name)
        self.label = pretty_name(name) if field.label is None else field.label
        self.help_text = field.help_text or ""
        self.renderer = form.renderer


def _twin(thing: Thing) -> Thing:
    twin = object.__new__(thing.__class__)
    twin.__dict__.update(thing.__dict__)
    return twin
