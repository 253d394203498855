"""Pages for a phone do not start under a name that tells what they are for."""

import pytest
from django.test import override_settings

from desist.participant.starting import reasons


def test_a_neutral_name_starts() -> None:
    with override_settings(DESIST_SITE_NAME="My week", ALLOWED_HOSTS=["my-week.northmere.example"]):
        assert reasons() == []


@pytest.mark.parametrize(
    ("title", "host"), [("Stalking programme", "my-week.example"), ("My week", "phones.desist.example")]
)
def test_a_name_that_tells_is_a_reason(title: str, host: str) -> None:
    with override_settings(DESIST_SITE_NAME=title, ALLOWED_HOSTS=[host]):
        (reason,) = reasons()

    assert "tells what these pages are for" in reason
