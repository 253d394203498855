"""A walk finds what a page, a file or an error gives away, and what can be told from how a site answers."""

import base64
import io
from collections.abc import Callable

import pytest
from reportlab.pdfgen.canvas import Canvas
from tests.leaks.conftest import LOCATOR, Leaking

from desist.sites import Zone
from desist.wall.actors import Role
from tools.leaks.browser import links
from tools.leaks.crawl import FAILED, TELLING, Walk
from tools.leaks.findings import Finding
from tools.leaks.rules import Medium

Begin = Callable[..., Walk]
REF, OTHER = "k7f4m9pxqc", "t3gh6wq9ek"


def found(walk: Walk) -> list[tuple[str, str, str]]:
    return sorted({(one.medium, one.where.partition(" ")[2], one.kind) for one in walk.seen.leaks})


def test_a_locator_on_a_page_that_only_a_link_leads_to_is_found(site: Leaking, walk: Begin) -> None:
    site.page("/", f'<a href="/episodes/">People</a> <a href="/episodes/{REF}/">One</a>')
    site.page("/episodes/", "nothing")
    site.page(f"/episodes/{REF}/", f"Lives at {LOCATOR.text}")
    one = walk()

    one.links()

    assert found(one) == [("page", f"/episodes/{REF}/", "victim_address")]


def test_what_a_report_says_of_a_leak_does_not_repeat_it(site: Leaking, walk: Begin) -> None:
    site.page("/", LOCATOR.text)
    one = walk()

    one.links()

    leak = next(leak for leak in one.seen.leaks if leak.spelling == "as it is")
    assert leak == Finding(
        "programme", "page", "Programme manager", "home:home /", "victim_address", "as it is", "Fla…"
    )
    assert LOCATOR.text not in str(one.seen.leaks)


@pytest.mark.parametrize(
    "written",
    [
        "<b>Flat t3gh</b><i>6wq9ek</i>, Mothgate",
        base64.b64encode(LOCATOR.text.encode()).decode(),
        "<input type='hidden' value='t3gh6wq9ek'>",
        "<!-- FLAT T3GH6WQ9EK -->",
        "<script>let place = 't3gh6wq9ek'</script>",
    ],
    ids=["split over tags", "base64", "hidden field", "comment", "script"],
)
def test_a_locator_that_nobody_would_see_is_found(site: Leaking, walk: Begin, written: str) -> None:
    site.page("/", written)
    one = walk()

    one.links()

    assert found(one) == [("page", "/", "victim_address")]


def test_a_locator_in_a_file_or_its_name_is_found(site: Leaking, walk: Begin) -> None:
    made = io.BytesIO()
    canvas = Canvas(made)
    canvas.drawString(50, 500, f"A letter about {LOCATOR.text}")
    canvas.save()
    site.page("/", '<a href="/agreement/notice/pdf/">PDF</a> <a href="/imports/template.csv">CSV</a>')
    site.file("/agreement/notice/pdf/", made.getvalue(), "application/pdf")
    site.file("/imports/template.csv", "a,b\n1,FLAT T3GH6WQ9EK\n".encode("utf-16"), "text/csv")
    one = walk()

    one.links()

    assert {where for _, where, _ in found(one)} == {"/agreement/notice/pdf/", "/imports/template.csv"}


def test_a_locator_in_an_error_page_is_found(site: Leaking, walk: Begin) -> None:
    site.page("/", f'<a href="/episodes/{REF}/">One</a>')
    site.page(f"/episodes/{REF}/", f"Not yours: {LOCATOR.text}", status=404)
    one = walk()

    one.links()

    assert found(one) == [("error page", f"/episodes/{REF}/", "victim_address")]


def test_a_refused_form_that_says_too_much_is_found_and_so_is_a_filled_one(
    site: Leaking, walk: Begin
) -> None:
    form = '<form method="post" action="/diary/x/"><input name="what" value=""><input type="file" name="file"></form>'
    site.page("/", form)
    site.page("POST /diary/x/", f"There is a problem: {LOCATOR.text}", status=422)
    one = walk()

    one.links()
    one.press("words abc")

    assert found(one) == [("page after a reveal", "/diary/x/", "victim_address")]
    bodies = [body for _, body in site.sent]
    assert bodies[0] == b"what="
    assert b"words abc" in bodies[1]
    assert b"image/png" in bodies[1]


def test_what_others_reached_is_asked_for_and_leaks_are_found(site: Leaking, walk: Begin) -> None:
    site.page("/", "nothing")
    site.page(f"/episodes/{OTHER}/", "yours too, unfortunately: t3gh6wq9ek")
    one = walk()
    one.links()

    one.strange({"episodes:episode": {f"/episodes/{OTHER}/"}}, [])

    assert ("page", f"/episodes/{OTHER}/", "victim_address") in found(one)


def test_an_answer_that_tells_absent_from_not_theirs_is_found(site: Leaking, walk: Begin) -> None:
    site.page("/", "nothing")
    site.page(f"/episodes/{REF}/", "Page not found, but nearly", status=404)
    one = walk()
    one.links()

    one.strange({"episodes:episode": {f"/episodes/{REF}/"}}, [])

    assert found(one) == [("error page", f"/episodes/{REF}/", TELLING)]


def test_a_reference_of_another_site_is_asked_for_on_every_page(site: Leaking, walk: Begin) -> None:
    site.page(f"/episodes/{REF}/", "Found, unfortunately: t3gh6wq9ek")
    one = walk()

    one.strange({}, [REF])

    assert ("page", f"/episodes/{REF}/", "victim_address") in found(one)


def test_a_page_that_fails_is_said_unless_it_was_made_to(site: Leaking, walk: Begin) -> None:
    site.page("/", '<a href="/skills/">Skills</a>')
    site.page("/skills/", "A fault", status=500)
    one = walk()

    one.links()
    assert found(one) == [("error page", "/skills/", FAILED)]
    one.seen.leaks.clear()

    assert one.fail("words", most=10) == 0  # the first page still answers
    site.page("/", f"Could not read {LOCATOR.text}", status=500)
    assert one.fail("words", most=10) == 1
    assert found(one) == [("error page", "/", "victim_address")]


def test_an_advocate_reads_an_address_after_a_reveal_and_not_before(site: Leaking, walk: Begin) -> None:
    page = f"/vault/{REF}/"
    site.page("/", f'<a href="{page}">Ways to reach them</a>')
    button = '<form method="post" action="/vault/locators/m4q9xk7fpc/reveal/"></form>'
    site.page(page, button)
    one = walk(Role.ADVOCATE, Zone.ADVOCACY)
    one.links()
    reveals = {name for name in one.forms if name.startswith("vault:")}

    site.page(page, f"{button} {LOCATOR.text}")
    one.read(page, medium=Medium.REVEALED)
    assert found(one) == []
    assert one.seen.kinds == {"victim_address"}

    one.read(page)
    assert found(one) == [("page", page, "victim_address")]
    assert reveals


def test_who_is_asked_in_between_whether_it_is_them_says_so_and_reads_what_was_revealed(
    site: Leaking, walk: Begin
) -> None:
    page, button = f"/vault/{REF}/", "/vault/locators/m4q9xk7fpc/reveal/"
    site.page("/", f'<a href="{page}">Ways to reach them</a>')
    site.page(page, f'<form method="post" action="{button}"><input name="reason" value="danger"></form>')
    asked = f'<form method="post" action="{button}"><input name="step_up" value="POST"></form>'
    site.page(f"POST {button}", asked, status=401)
    one = walk(Role.ADVOCATE, Zone.ADVOCACY)
    one.links()

    one.reveal("words")

    assert b"step_up=POST" in site.sent[-1][1]


def test_a_page_that_asks_whether_it_is_them_is_opened_and_read(site: Leaking, walk: Begin) -> None:
    paper = f"/papers/one/{REF}/"
    site.page("/", f'<a href="{paper}">The log</a>')
    site.page(
        paper,
        f'<form method="post" action="{paper}"><input name="step_up" value="GET"></form>',
        status=401,
    )
    site.page(f"POST {paper}", "")
    site.then[paper] = f"They live at {LOCATOR.text}"
    one = walk(Role.ADVOCATE, Zone.ADVOCACY)

    one.links()

    assert found(one) == [("page", paper, "victim_address")]


def test_of_many_like_pages_a_walk_looks_at_as_many_as_it_is_told(site: Leaking, walk: Begin) -> None:
    refs = [f"k7f4m9pxq{letter}" for letter in "acdefghj"]
    site.page("/", " ".join(f'<a href="/episodes/{ref}/">x</a>' for ref in refs))
    for ref in refs:
        site.page(f"/episodes/{ref}/", "nothing")
    one = walk(bound=3)

    one.links()

    assert len(one.seen.addresses["episodes:episode"]) == 3


def test_no_link_that_leads_elsewhere_is_followed(site: Leaking, walk: Begin) -> None:
    site.page(
        "/",
        '<a href="https://elsewhere.example/">x</a> <a href="mailto:a@b.example">y</a> <a href="/skills/">z</a>',
    )
    one = walk()
    answer = one.read("/")

    assert answer is not None
    tree = answer.tree()
    assert tree is not None
    assert list(links(tree, "/")) == ["/skills/"]
