"""Every field of free text names its readers, and no words that leave are kept as final or sent before a check."""

import ast
import re
from collections.abc import Iterable
from dataclasses import dataclass, make_dataclass
from typing import Any

import pytest
from django import forms as django_forms
from tests.rules.code import SOURCE, Module, every, modules

from desist.post import payload
from desist.post.doors import DOORS
from desist.post.payload import Coded, Payload, Words
from desist.ui import fields
from desist.ui.forms import Form
from desist.ui.words import READ, Audience

#: calls of a command that hold words back; the last one also compares them with the vault
HOLDS = ("clearances.hold(", "clearances.answer(", "vault.check_crossing(")
#: the names of fields for a number that an alert, a request or a pack carries away
NUMBERS = ("contact", "service_contact")
#: slices whose words another slice keeps -> that slice
KEPT_BY: dict[str, str] = {
    "answering.answer_files": "the slice agency_links of each zone, by answering.links.hold",
    "advocacy.candidates": "advocacy.incidents, which records the incident that a day of contacts becomes",
    "partnership.conditions": "partnership.releases, where a second person releases exactly these words before they leave",
    "programme.calendar.planner": "programme.calendar.attendees, where everybody else who is there is settled",
    "disclosure": "the slices of disclosures of each zone",
    "programme.pages.refer": "programme.referrals.intake, before a draft that came by the form becomes a referral",
    "referral": "programme.referrals.intake, programme.referrals.telephone_notices, partnership.referrals and the imports of both",
}


def silent(module: Module, names: Iterable[str]) -> list[str]:
    """Return a module's free-text fields that do not name their readers; `names` are the classes of such fields."""
    if module.path.startswith("ui/"):
        return []
    return [
        f"{module.path}:{node.lineno}"
        for node in every(module.tree, ast.Call)
        if _name(node.func) in names
        and any(word.arg == "label" for word in node.keywords)
        and not any(word.arg == "audience" for word in node.keywords)
    ]


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def unchecked(module: Module) -> list[str]:
    """Return a module's fields for a number that an alert carries which would let other words through."""
    return [
        f"{module.path}:{node.lineno}"
        for node in every(module.tree, ast.Assign)
        if isinstance(node.value, ast.Call)
        and any(isinstance(one, ast.Name) and one.id in NUMBERS for one in node.targets)
        and _name(node.value.func) == "Token"
    ]


def test_every_number_that_an_alert_carries_is_asked_for_by_the_one_field() -> None:
    assert [line for module in modules() for line in unchecked(module)] == []


def test_a_field_for_a_number_that_takes_any_words_is_found() -> None:
    planted = Module(
        "advocacy/packs/forms.py", "contact = fields.Token(label='Which number should the police ring?')"
    )

    assert unchecked(planted) == ["advocacy/packs/forms.py:1"]


def classes(kind: type[Any]) -> list[type[Any]]:
    """Return a class and every class below it."""
    return [kind, *(one for below in kind.__subclasses__() for one in classes(below))]


def of_free_text() -> set[str]:
    """Return the names of the field classes that are free text unless they declare otherwise."""
    return {one.__name__ for one in classes(fields.Text) if one.audience is None}


def test_every_field_of_free_text_says_who_reads_its_words() -> None:
    assert [line for module in modules() for line in silent(module, of_free_text())] == []


def test_a_field_that_says_nothing_is_found() -> None:
    planted = Module(
        "programme/notes/forms.py",
        'note = fields.LongText(label="Note")\n'
        'name = fields.Name(label="Name")\n'
        'said = fields.Text(label="Said", audience=Audience.STAYS)\n',
    )

    assert silent(planted, of_free_text()) == ["programme/notes/forms.py:1"]


def bare(module: Module) -> list[str]:
    """Return Django's own fields that take any words: only a field that draws nothing may stay."""
    if module.path.startswith("ui/"):
        return []
    return [
        f"{module.path}:{node.lineno}"
        for node in every(module.tree, ast.Call)
        if _name(node.func) == "CharField"
        and any(word.arg in {"label", "widget"} for word in node.keywords)
        and not any(word.arg == "widget" and _name(word.value) == "HiddenInput" for word in node.keywords)
    ]


def test_no_form_takes_words_in_a_field_of_django() -> None:
    assert [line for module in modules() for line in bare(module)] == []


def test_a_field_of_django_is_found() -> None:
    assert bare(Module("programme/notes/forms.py", 'note = CharField(label="Note")\n')) == [
        "programme/notes/forms.py:1"
    ]


def slice_of(module: Module) -> str:
    """Return the folder of a module, as its slice is named."""
    return module.path.rpartition("/")[0].replace("/", ".")


def unread(every: Iterable[Module]) -> list[str]:
    """Return slices with a field whose words are shown or cross, where no module holds them before they are kept."""
    marks = {f"Audience.{one.name}" for one in READ}
    leaving, holding = set(), set()
    for module in every:
        if module.path.startswith(("ui/", "wall/")):
            continue
        if any(mark in module.text for mark in marks) and module.path.endswith("forms.py"):
            leaving.add(slice_of(module))
        if any(call in module.text for call in HOLDS):
            holding.add(slice_of(module))
    return sorted(leaving - holding - set(KEPT_BY))


def test_a_slice_whose_words_leave_holds_them_before_they_are_kept() -> None:
    assert unread(modules()) == []


def test_a_slice_that_keeps_words_unread_is_found() -> None:
    form = Module("programme/notes/forms.py", "note = fields.Text(audience=Audience.SHOWN)\n")
    command = Module("programme/notes/commands.py", "def note(): Note.objects.create()\n")
    holds = Module("programme/notes/commands.py", "clearances.hold(named=named)\n")

    compares = Module("programme/notes/commands.py", "vault.check_crossing(named=named)\n")
    compares_alone = Module("programme/notes/commands.py", "vault.check(texts=texts)\n")

    assert unread([form, command]) == unread([form, compares_alone]) == ["programme.notes"]
    assert unread([form, holds]) == unread([form, compares]) == []


def not_read_by_itself(kinds: Iterable[type[django_forms.Form]]) -> list[str]:
    """Return forms with a field of ours that do not derive from our form: nothing checks the words typed into them."""
    return [
        kind.__name__
        for kind in kinds
        if not issubclass(kind, Form)
        and any(getattr(field, "audience", None) in READ for field in kind.base_fields.values())
    ]


def test_every_form_with_words_that_leave_reads_them_by_itself() -> None:
    import desist.zones.advocacy_urls
    import desist.zones.partnership_urls
    import desist.zones.programme_urls  # noqa: F401 -- loads every form of the zone

    assert not_read_by_itself(classes(django_forms.Form)) == []


def test_a_form_that_reads_nothing_is_found() -> None:
    class Planted(django_forms.Form):
        note = fields.Text(label="Note", audience=Audience.CROSSES)

    assert not_read_by_itself([Planted]) == ["Planted"]


def test_every_text_of_every_envelope_says_what_it_is() -> None:
    unsaid = [
        f"{door.payload.__name__}.{name}"
        for door in DOORS
        for name, audience in payload.audiences(door.payload).items()
        if audience is None
    ]

    assert unsaid == []


@pytest.mark.parametrize("hint", [str, tuple[str, ...]])
def test_a_text_of_an_envelope_that_says_nothing_is_found(hint: Any) -> None:
    planted = make_dataclass(
        "Planted", [("note", hint), ("code", Coded), ("number", int)], bases=(Payload,), frozen=True
    )

    assert payload.audiences(planted) == {"note": None, "code": Audience.NO_WORDS}


def test_what_somebody_wrote_is_told_from_what_is_coded() -> None:
    @dataclass(frozen=True)
    class Planted(Payload):
        note: Words
        lines: tuple[Words, ...]
        code: Coded

    assert payload.written(Planted("A", ("B", "C"), "d")) == {"note": ("A",), "lines": ("B", "C")}


def untold(kinds: Iterable[type[Any]]) -> list[str]:
    """Return the fields whose words the person sees and whose hint does not say so."""
    return sorted(
        {
            f"{kind.__name__}.{name}"
            for kind in kinds
            for name, field in kind.base_fields.items()
            if getattr(field, "audience", None) is Audience.SHOWN
            and not re.search(
                "[Tt]he person (who stalks them )?(sees|reads|may see|may hear|meets)", str(field.help_text)
            )
        }
    )


def test_a_field_whose_words_the_person_sees_says_so_in_its_hint() -> None:
    import desist.zones.advocacy_urls
    import desist.zones.partnership_urls
    import desist.zones.programme_urls  # noqa: F401 -- loads every form of the zone

    assert untold(one for one in classes(Form) if one.__module__.startswith("desist.")) == []


def test_a_hint_that_does_not_say_so_is_found() -> None:
    class Planted(Form):
        note = fields.Text(label="Note", hint="Short", audience=Audience.SHOWN)

    assert untold([Planted]) == ["Planted.note"]


#: pages with a form of their own that takes no words for the person or to cross, or that asks nothing
ASKS_NOTHING = {
    "advocacy/templates/advocacy/contacts/contact.html": "buttons: a call begins, an e-mail of fixed words waits",
    "advocacy/templates/advocacy/disclosures/disclosure.html": "a button: what was written is not sent",
    "advocacy/templates/advocacy/home/home.html": "buttons: a call begins",
    "advocacy/templates/advocacy/updates/updates.html": "buttons: a call begins",
    "advocacy/templates/advocacy/victims/victim.html": "buttons: a call begins",
    **dict.fromkeys(
        (
            f"participant/templates/participant/{name}.html"
            for name in ("today", "appointments", "homework", "rights", "skill", "questions", "sheet")
        ),
        "the person's own words: nothing is asked before them, and staff alone read them",
    ),
    "partnership/templates/partnership/disclosures/disclosure.html": "a button: the draft is not sent",
    "partnership/templates/partnership/pairs/side.html": "two buttons: nothing matches, and it was the wrong person",
    "partnership/templates/partnership/register/checked.html": "a file that was checked",
    "programme/templates/programme/sessions/feedback.html": "four choices of the person",
    "programme/templates/programme/chains/shared_analysis.html": "the person looks on: nothing is asked before them",
}


def without_the_question(pages: Iterable[tuple[str, str]]) -> list[str]:
    """Return pages (path, source) that draw a form themselves without the question why its words are safe to keep."""
    return [
        path
        for path, source in pages
        if "guard(" in source and "question(" not in source and path not in ASKS_NOTHING
    ]


def test_a_page_that_draws_its_form_by_itself_draws_the_question_too() -> None:
    every = [
        (path.relative_to(SOURCE).as_posix(), path.read_text("utf-8"))
        for path in SOURCE.rglob("templates/**/*.html")
    ]

    assert without_the_question(every) == []
    assert set(ASKS_NOTHING) <= {path for path, source in every if "guard(" in source}


def test_a_page_without_the_question_is_found() -> None:
    assert without_the_question([("programme/x.html", "{{ guard(form) }}")]) == ["programme/x.html"]
