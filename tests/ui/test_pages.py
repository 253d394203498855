"""Every page parses without an error, carries every header, and escapes what people wrote."""

import html5lib
import jinja2
import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings

from desist.ui import addresses, context, jinja, middleware
from desist.ui.context import ZONES

PAGES = ("/", "/ask/", "/tasks/", "/tasks/?all", "/answers/", "/draft/", "/list/", "/charts/", "/shared/")
ERRORS = {"/absent/k7f2/": 404, "/nowhere/": 404, "/forbidden/": 403, "/broken/": 500, "/down/": 503}


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("path", [*PAGES, *ERRORS])
def test_a_page_parses_without_an_error(client: Client, path: str) -> None:
    page = client.get(path).content.decode()

    html5lib.HTMLParser(strict=True).parse(page)


@pytest.mark.parametrize("path", [*PAGES, *ERRORS])
def test_a_page_holds_no_style_and_no_script_of_its_own(client: Client, path: str) -> None:
    tree = html5lib.parse(client.get(path).content.decode(), namespaceHTMLElements=False)

    for node in tree.iter():
        assert node.tag != "style"
        assert not any(name == "style" or str(name).startswith("on") for name in node.attrib)
        assert node.tag != "script" or node.get("src")


@pytest.mark.parametrize("path", [*PAGES, *ERRORS, "/static/nothing.js"])
def test_every_response_carries_every_header(client: Client, path: str) -> None:
    response = client.get(path)

    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert "unsafe-inline" not in response["Content-Security-Policy"]


@override_settings(WHITENOISE_USE_FINDERS=True)
def test_a_static_file_may_be_kept_and_has_the_other_headers(client: Client, db: None) -> None:
    response = client.get("/static/ui/main.js")

    assert response.status_code == 200
    assert "no-store" not in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"
    response.close()


@override_settings(STATIC_URL="static/")
def test_a_relative_static_address_is_understood() -> None:
    request = RequestFactory().get("/static/ui/main.js")

    assert middleware.is_file(request, HttpResponse())


def test_each_answer_has_a_nonce_of_its_own(client: Client) -> None:
    policies = {client.get("/")["Content-Security-Policy"] for _ in range(3)}

    assert len(policies) == 3


def test_the_nonce_in_the_page_is_the_nonce_of_the_header(client: Client) -> None:
    response = client.get("/")

    nonce = response.content.decode().split('nonce="')[1].split('"')[0]
    assert f"'nonce-{nonce}'" in response["Content-Security-Policy"]


def test_what_people_wrote_is_escaped(client: Client) -> None:
    page = client.get("/").content.decode()

    assert "&lt;b&gt;not bold&lt;/b&gt;" in page
    assert "<b>not bold" not in page


def test_a_name_that_does_not_exist_in_a_template_is_an_error() -> None:
    with pytest.raises(jinja2.UndefinedError, match="nothing_of_this_name"):
        Client().get("/odd/")


@pytest.mark.parametrize("zone", ZONES.values(), ids=ZONES.keys())
def test_every_zone_says_whose_side_it_is_in_words_and_colour(client: Client, zone: context.Zone) -> None:
    with override_settings(DESIST_ZONE=zone.key):
        page = client.get("/list/").content.decode()

    assert f"{zone.title} · Northmere service" in page
    assert f"desist--{zone.key}" in page
    assert ("Exit this page" in page) is zone.exit


def test_a_page_without_navigation_is_whole(client: Client) -> None:
    with override_settings(DESIST_NAVIGATION=""):
        page = client.get("/list/").content.decode()

    html5lib.HTMLParser(strict=True).parse(page)
    assert "<nav" not in page.split("<main")[0]


def test_only_the_place_one_is_in_is_marked(client: Client) -> None:
    page = client.get("/list/").content.decode()

    header = page.split("<main")[0]
    assert header.count("aria-current") == 1
    assert '<a href="/list/" aria-current="page">People' in header


def test_a_page_shared_with_the_participant_shows_no_navigation(client: Client) -> None:
    page = client.get("/shared/").content.decode()

    assert page.count("<a ") == 2  # to the content, and what stops sharing: not to the start page either
    assert "Alex Moss" not in page


def test_a_task_list_offers_the_button_only_once_all_is_done(client: Client) -> None:
    some, every = (client.get(path).content.decode() for path in ("/tasks/", "/tasks/?all"))

    assert "govuk-button" not in some
    assert "You can check and send once every part is finished." in some
    assert "govuk-button" in every


def test_a_title_never_names_the_person(client: Client) -> None:
    page = client.get("/").content.decode()

    assert "<title>Overview " in page


def test_a_template_names_a_route() -> None:
    assert addresses.url("absent", ref="k7f2") == "/absent/k7f2/"


def test_a_page_without_a_clock_has_no_moment_to_tell_ages_by() -> None:
    request = RequestFactory().get("/")

    assert "now" not in context.page(request)


def test_the_settings_name_files_that_exist() -> None:
    assert all(folder.is_dir() for _, folder in settings.STATICFILES_DIRS)


def test_numbers_and_addresses_can_be_tapped(client: Client) -> None:
    page = client.get("/").content.decode()

    assert '<a class="govuk-link desist-number" href="tel:01632960000">01632 960000 ext 3</a>' in page
    assert '<a class="govuk-link desist-number" href="sms:+447700900152">Text</a>' in page
    assert '<a class="govuk-link" href="mailto:robin%40example.org">robin@example.org</a>' in page


def test_drawn_questions_are_made_small_and_their_answers_stay() -> None:
    drawn = '<div class="govuk-radios" data-module="govuk-radios"><div class="govuk-radios__item">'

    small = jinja.small(drawn)

    assert small == drawn.replace('"govuk-radios"', '"govuk-radios govuk-radios--small"', 1)


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("01632 960000", "01632960000"),
        ("+44 (0)1632 960-000", "+441632960000"),
        ("01632 960000 x12", "01632960000"),
        ("", ""),
    ],
)
def test_a_number_is_dialled_as_its_digits(written: str, dialled: str) -> None:
    assert jinja.dialled(written) == dialled
