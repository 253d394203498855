"""What templates put out is escaped as markupsafe escapes it, whatever it is."""

import pytest
from django.template import engines
from django.utils.safestring import SafeString
from hypothesis import example, given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from desist.ui.escaping import shown


class Loud(str):
    """A text of another kind."""

    __slots__ = ()


class Drawing:
    """Something that draws itself."""

    def __html__(self) -> str:
        return "<b>drawn</b>"


WHATEVER = (
    st.text()
    | st.text(alphabet="&<>'\"a;")
    | st.integers()
    | st.none()
    | st.text().map(Loud)
    | st.text().map(Markup)
    | st.text().map(SafeString)
    | st.builds(Drawing)
    | st.lists(st.text())
)


@given(WHATEVER)
@example("<script>alert('a & \"b\"')</script>")
def test_a_value_is_escaped_as_markupsafe_escapes_it(value: object) -> None:
    assert str(shown(value)) == str(escape(value))


@given(WHATEVER)
def test_a_template_puts_out_what_markupsafe_would(value: object) -> None:
    template = engines["jinja2"].from_string(
        "{% macro one(x) %}[{{ x }}]{% endmacro %}{{ one(value) }}{{ value }}"
    )

    assert template.render({"value": value}) == f"[{escape(value)}]{escape(value)}"


@pytest.mark.parametrize(
    "source", ["{{ value|upper }}", "{% set x %}{{ value }}{% endset %}{{ x }}", "{{ value ~ '' }}"]
)
def test_no_way_through_a_template_lets_a_tag_out(source: str) -> None:
    assert "<" not in engines["jinja2"].from_string(source).render({"value": "<b>"})
