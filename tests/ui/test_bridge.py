"""Every widget is drawn as its component, keeping what was typed and leading from each error to its field."""

import re
from datetime import date
from xml.etree.ElementTree import Element

import html5lib
import pytest
from django import forms
from hypothesis import example, given
from hypothesis import strategies as st
from tests.ui.sink import Ask
from tests.ui.test_forms import draw, sent

from desist.ui import fields
from desist.ui.bridge import NoComponent
from desist.ui.forms import Draft, Form
from desist.ui.words import Audience

#: every character that a page shows; what it refuses is tested with the fields
NON_CHARACTERS = [
    *range(0xFDD0, 0xFDF0),
    *(plane + end for plane in range(0, 0x110000, 0x10000) for end in (0xFFFE, 0xFFFF)),
]
REFUSED = "\u202d\u202e" + "".join(map(chr, NON_CHARACTERS))
SHOWABLE = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters=REFUSED)


def fragment(html: str) -> Element:
    """A piece of a page as a browser reads it; any parse error fails."""
    tree: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parseFragment(html)
    return tree


def drawn_value(html: str, name: str) -> str:
    """What a browser would have in the input or textarea of a name."""
    whole = html.lstrip().startswith("<!DOCTYPE")
    tree = html5lib.parse(html, namespaceHTMLElements=False) if whole else fragment(html)
    element = next(node for node in tree.iter() if node.get("name") == name)
    return str(element.text or "") if element.tag == "textarea" else str(element.get("value"))


@pytest.mark.parametrize(
    "typed",
    [
        "one\ntwo\n\nthree",
        "\nbegins with a line end",
        "  indented\n  lines",
        "<script>alert(1)</script>",
        "a&#10;b",
    ],
)
def test_a_long_text_is_drawn_exactly_as_it_was_typed(typed: str) -> None:
    form = Ask(sent(notes=typed.replace("\n", "\r\n"), reason=typed, outcome="decline"))

    html = draw("{{ fields(form) }}", form=form)

    assert (drawn_value(html, "notes"), drawn_value(html, "reason")) == (typed, typed)


def test_a_long_form_stands_in_two_columns_each_read_down_and_about_as_tall_as_the_other() -> None:
    class Long(Form):
        kinds = fields.Choices(label="Kinds", choices=[(str(n), f"Kind {n}") for n in range(8)])
        words = fields.LongText(label="Words", rows=6, audience=Audience.STAYS)
        where = fields.Text(label="Where", audience=Audience.STAYS)
        why = fields.LongText(label="Why", rows=6, audience=Audience.STAYS)

    left, right = draw("{% for one in halves(form) %}{{ one }}|||{% endfor %}", form=Long()).split("|||")[:2]

    assert "Kinds" in left
    assert "Words" not in left
    assert right.index("Words") < right.index("Where") < right.index("Why")


def test_a_character_that_cannot_be_shown_is_taken_out_of_the_drawing_and_spoken_of() -> None:
    form = Ask(sent(notes="He said\x00 no", name="Ro\x07bin"))

    html = draw("{{ fields(form) }}", form=form)

    assert (drawn_value(html, "notes"), drawn_value(html, "name")) == ("He said no", "Robin")
    assert "cannot be shown, after “He said”" in html


def test_how_much_room_is_left_is_told_once_little_is() -> None:
    html = draw("{{ fields(form) }}", form=Ask())

    assert 'data-threshold="75"' in html


def test_a_text_too_long_is_drawn_whole() -> None:
    form = Ask(sent(name="x" * 100_000))

    html = draw("{{ fields(form) }}", form=form)

    assert "maxlength=" not in html.replace("data-maxlength=", "")
    assert len(drawn_value(html, "name")) == 100_000


def test_every_error_leads_to_an_element_that_exists() -> None:
    form = Ask(
        sent(**dict.fromkeys(("name", "begins", "outcome", "order", "area", "sessions", "agreed"), ""))
    )

    html = draw("{{ error_summary(form) }}{{ fields(form) }}", form=form)

    targets = re.findall(r'href="#([^"]+)"', html)
    assert len(targets) == 7
    assert all(f'id="{target}"' in html for target in targets)


def test_the_error_of_a_day_leads_to_its_first_wrong_part() -> None:
    form = Ask(sent(**{"born-month": "13"}))

    html = draw("{{ error_summary(form) }}{{ fields(form) }}", form=form)

    assert 'href="#id_born-month"' in html
    assert html.count("govuk-input--error") == 1


def test_a_form_without_errors_has_no_summary() -> None:
    assert draw("{{ error_summary(form) }}", form=Ask()) == ""


def test_the_hidden_inputs_hold_token_version_and_hidden_fields() -> None:
    form = Ask(version=7)

    html = draw("{{ guard(form) }}", form=form)

    assert [drawn_value(html, name) for name in ("thread", "form_version", "form_submission")] == [
        "t1",
        "7",
        form.submission,
    ]


def test_a_form_that_desist_did_not_write_is_drawn_as_well() -> None:
    class Login(forms.Form):
        login = forms.EmailField()
        password = forms.CharField(widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))
        remember = forms.BooleanField(required=False)
        code = forms.IntegerField(required=False, min_value=1)

    html = draw("{{ fields(form) }}{{ guard(form) }}", form=Login({"login": "not an address", "code": "x"}))

    fragment(html)
    assert "Enter a valid email address." in html
    assert 'inputmode="numeric"' in html


def test_a_password_is_never_drawn_again() -> None:
    html = draw("{{ fields(form) }}", form=Ask(sent(password="hunter2")))

    assert "hunter2" not in html


def test_a_label_may_be_the_title_of_the_page() -> None:
    html = draw("{{ field(form['name'], title=true) }}{{ field(form['outcome'], title=true) }}", form=Ask())

    assert html.count("<h1") == 2


def test_the_values_given_at_first_are_drawn() -> None:
    form = Ask(initial={"born": date(1986, 3, 27), "order": True, "behaviours": ["follow"], "area": "s"})

    html = draw("{{ fields(form) }}", form=form)

    assert [drawn_value(html, f"born-{part}") for part in ("day", "month", "year")] == ["27", "3", "1986"]
    assert len(re.findall(r"checked", html)) == 2
    assert re.search(r'value="s"\s+selected', html)


def test_a_widget_without_a_component_fails_loudly() -> None:
    class Odd(Form):
        when = forms.SplitDateTimeField()

    with pytest.raises(NoComponent):
        draw("{{ fields(form) }}", form=Odd())


def test_choices_may_carry_hints() -> None:
    class Hinted(Form):
        way = fields.Choices(label="Way", choices=[("a", "A")], hints={"a": "About A"})

    assert "About A" in draw("{{ fields(form) }}", form=Hinted())


def test_an_error_that_quotes_what_was_typed_can_be_shown() -> None:
    form = Ask(sent(**{"born-day": "%\x00<b>", "begins": "\x07"}))

    html = draw("{{ error_summary(form) }}{{ fields(form) }}", form=form)

    fragment(html)
    assert "The day must be a number from 1 to 31, not “%&lt;b&gt;”" in html


def test_a_draft_does_not_say_of_everything_that_it_is_optional() -> None:
    class Kept(Draft):
        notes = fields.LongText(label="Work done", required=False)

    html = draw("{{ fields(form) }}", form=Kept())

    assert "Work done" in html
    assert "optional" not in html


@given(st.text(SHOWABLE))
@example('"><script>alert(1)</script>')
@example("&#34;")
def test_an_input_shows_what_was_typed_and_nothing_else(typed: str) -> None:
    html = draw("{{ field(form['name']) }}", form=Ask(sent(name=typed)))

    assert drawn_value(html, "name") == Ask(sent(name=typed))["name"].value()
    assert len(fragment(html).findall(".//input")) == 1
