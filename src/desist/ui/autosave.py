"""A view's answers to static/ui/autosave.js, which sends a form to the address in its `data-autosave`.

def save(request: StaffRequest, ref: str) -> HttpResponse:
    form = forms.Record(request.POST)
    if not form.is_valid():
        return autosave.incomplete(form)
    try:
        version = commands.save(actor=request.actor, ref=ref, version=form.version, ...)
    except Changed:
        return autosave.conflict("A colleague saved this since. Open the page again in another tab to see both.")
    return autosave.saved(version=version)

A form that can be kept in part saves its valid fields, and answers `autosave.partly`.
"""

from collections.abc import Mapping
from datetime import datetime

from django.forms import BaseForm
from django.http import HttpResponse

from desist.ui import dates


def saved(*, version: int, said: str = "") -> HttpResponse:
    """Saved; the page takes over the new version, so that its next save is not taken for a stale one.

    `said` is a further sentence about the saved fields.
    """
    headers = {"Desist-Version": str(version)}
    if not said:
        return HttpResponse(status=204, headers=headers)
    return HttpResponse(said, content_type="text/plain; charset=utf-8", headers=headers)


def hidden(withheld: Mapping[str, str]) -> str:
    """A sentence about saved fields that the person cannot see: label of a field -> why, in words; "" for none."""
    said = " ".join(f"{label} is not shown to the person: {why}." for label, why in withheld.items())
    return said and f"{said} Reword it, or press “Save” to say why it is safe to show."


def incomplete(form: BaseForm) -> HttpResponse:
    """Not saved yet: the first error. The page tries again at the next change."""
    first = next(str(sentence) for sentences in form.errors.values() for sentence in sentences)
    return HttpResponse(first, status=422, content_type="text/plain; charset=utf-8")


def partly(form: BaseForm, *, version: int) -> HttpResponse:
    """Saved, but for the fields named here with a reason; the page takes over the new version."""
    wrong = " ".join(_named(form, name, str(sentences[0])) for name, sentences in form.errors.items())
    headers = {"Desist-Version": str(version)}
    return HttpResponse(wrong, status=422, content_type="text/plain; charset=utf-8", headers=headers)


def _named(form: BaseForm, name: str, sentence: str) -> str:
    """A field's sentence, often begun with the name of the field."""
    label = str(form.fields[name].label)
    begun = "" if label in sentence else f"{label} " if label.endswith("?") else f"{label}: "
    return f"{begun}{sentence.rstrip('.')}."


def changed(*, at: datetime | None, by: str) -> str:
    """The page's words about a row that a colleague saved meanwhile: "changed elsewhere at 2:32pm by you"."""
    return f"changed elsewhere at {dates.clock(at)} by {by}" if at else "changed elsewhere"


def conflict(sentence: str) -> HttpResponse:
    """Not saved, and not tried again: a colleague changed the row."""
    return HttpResponse(sentence, status=409, content_type="text/plain; charset=utf-8")
