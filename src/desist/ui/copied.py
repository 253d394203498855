"""Fields that cost each form a twentieth of what Django's do, and forms whose fields need no copy at all.

Django copies every choice and every sentence of every field whenever a form is made. A form may give its fields other
choices, limits and sentences, and its widgets other attributes; no form changes a list of choices in place.
"""

from collections.abc import ItemsView, Iterator, Mapping, ValuesView
from types import MappingProxyType
from typing import Any, Self, TypeVar

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import pretty_name

#: what a field becomes that was left empty, if that cannot be changed by whoever gets it
EMPTY = (None, "")

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

    def share(self) -> None:
        """From now on the field is everybody's, and cannot be changed: neither its attributes nor what they hold."""
        self.widget.attrs = MappingProxyType(self.widget.attrs)
        self.error_messages = MappingProxyType(self.error_messages)  # type: ignore[assignment]  # only read from here on
        self.validators = tuple(self.validators)  # type: ignore[assignment]  # likewise
        self._shared = True

    def __setattr__(self, name: str, value: object) -> None:
        """As ever, unless the field is everybody's. Raises Shared."""
        if self._shared:
            raise Shared(f"{name} of “{self.label}” is the same in all forms of its class")
        super().__setattr__(name, value)


def fixed(form: AForm) -> AForm:
    """For a form that is made every few seconds: all forms of the class have the same fields, and none can be changed.

    Such a form is read field by field, as it is sent: raises Shared for a field that asks for more than that.
    """
    for name, field in form.base_fields.items():
        its_own_way = hasattr(form, f"clean_{name}") or field.disabled or isinstance(field, forms.FileField)
        if its_own_way or not isinstance(field, Copied) or form.field_order:
            raise Shared(f"{name} is read in a way of its own")
        field.share()
    form.base_fields = Fixed(form.base_fields)  # type: ignore[assignment]  # all that a form asks of a dictionary
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


class Fixed(Mapping[str, forms.Field]):
    """Fields by name, in order, that stand in for their own copy and can only be read.

    `untouched` holds what those become that may stay empty, so that it is not found out anew for every form.
    """

    def __init__(self, fields: Mapping[str, forms.Field]) -> None:
        self._fields = dict(fields)
        may_be_empty = {name: field for name, field in fields.items() if not field.required}
        self.untouched: Mapping[str, Any] = {
            name: became
            for name, field in may_be_empty.items()
            if (became := field.clean("")) in EMPTY and field.clean(None) == became
        }

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self

    def __getitem__(self, name: str) -> forms.Field:
        return self._fields[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)

    def items(self) -> ItemsView[str, forms.Field]:
        """Names and fields, by the dictionary itself."""
        return self._fields.items()

    def values(self) -> ValuesView[forms.Field]:
        """The fields, likewise."""
        return self._fields.values()


def _twin(thing: Thing) -> Thing:
    twin = object.__new__(thing.__class__)
    twin.__dict__.update(thing.__dict__)
    return twin
