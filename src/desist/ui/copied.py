"""Fields that cost each form a twentieth of what Django's do, and forms whose fields need no copy at all.

Django copies every choice and every sentence of every field whenever a form is made. A form may give its fields other
choices, limits and sentences, and its widgets other attributes; no form changes a list of choices in place.
"""

from typing import Any, Self, TypeVar

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import pretty_name

Thing = TypeVar("Thing")
AForm = TypeVar("AForm", bound=type[forms.Form])


class Shared(TypeError):
    """A field of all forms of a class was about to be changed for one of them."""


class Copied(forms.Field):
    """A field whose copy has attributes of its own, and shares what they hold."""

    _shared = False

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """A field for one form."""
        own, widget = _twin(self), _twin(self.widget)
        widget.attrs = dict(self.widget.attrs)
        own.__dict__.update(
            widget=widget,
            error_messages=dict(self.error_messages),
            validators=list(self.validators),
            _shared=False,
        )
        return own

    def __setattr__(self, name: str, value: object) -> None:
        """As ever, unless the field is everybody's. Raises Shared."""
        if self._shared:
            raise Shared(f"{name} of “{self.label}” is the same in all forms of its class")
        super().__setattr__(name, value)


def fixed(form: AForm) -> AForm:
    """For a form that is made every few seconds: all forms of the class have the same fields, and none can be changed.

    Such a form is read field by field and has no other say in it: Shared is raised for a `clean_` of one field.
    """
    form.base_fields = Fixed(form.base_fields)
    for name, field in form.base_fields.items():
        if hasattr(form, f"clean_{name}"):
            raise Shared(f"{name} is read in a way of its own")
        field.__dict__["_shared"] = True
    return form


class Bound(BoundField):
    """A field with what was typed in it, but for the names of a hidden twin, which no form of ours draws."""

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        """As Django makes them."""
        self.form, self.field, self.name = form, field, name
        self.html_name = form.add_prefix(name)
        self.label = pretty_name(name) if field.label is None else field.label
        self.help_text = field.help_text or ""
        self.renderer = form.renderer


class Fixed(dict[str, forms.Field]):
    """Fields that stand in for their own copy."""

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self

    def __setitem__(self, name: str, field: forms.Field) -> None:
        raise Shared(f"{name} cannot be given to one form of its class")

    def __delitem__(self, name: str) -> None:
        raise Shared(f"{name} cannot be taken from one form of its class")


def _twin(thing: Thing) -> Thing:
    twin = object.__new__(thing.__class__)
    twin.__dict__.update(thing.__dict__)
    return twin
