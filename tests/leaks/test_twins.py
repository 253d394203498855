"""Two readings of the programme are compared without what is new on every reading, and nothing else is left out."""

from tools.leaks.twins import compare, still
from tools.synthetic.staff import STAFF

MANAGER = STAFF[0]


def page(words: str, *, token: str, ref: str, time: str) -> frozenset[str]:
    html = f'<input name="csrfmiddlewaretoken" value="{token}"><script nonce="{token}"></script><a href="/x/{ref}/">{ref.upper()[:4]}-{ref.upper()[4:8]}-{ref.upper()[8:]}</a> {words} at {time}'
    return frozenset({still(html.encode())})


ONE = page("3 people", token="abc", ref="k7f4m9pxqc", time="10:41am")


def test_the_same_page_at_another_time_is_the_same() -> None:
    for time in ("3:02pm", "10am"):
        again = page("3 people", token="xyz", ref="t3gh6wq9ek", time=time)

        assert list(compare({(MANAGER, "home:home"): ONE}, {(MANAGER, "home:home"): again})) == []


def test_the_port_of_an_area_is_no_difference() -> None:
    one, other = (
        frozenset({still(f"http://programme.localhost:{port}/refer/ 21".encode())}) for port in (21880, 30)
    )

    assert list(compare({(MANAGER, "home:home"): one}, {(MANAGER, "home:home"): other})) == []


def test_the_key_of_a_phone_is_no_difference() -> None:
    assert still(b'{"key": "zRsrJPH75l/aQ+="}') == still(b'{"key": "0cxKGAxte7Lg"}')
    assert still(b'{"key": "zRsrJPH75l/aQ+=", "count": 1}') != still(
        b'{"key": "zRsrJPH75l/aQ+=", "count": 2}'
    )


def listed(*rows: str, sorts: bool) -> str:
    heading = '<th><a class="desist-sort">Written</a></th>' if sorts else "<th>Written</th>"
    return still("\n".join([heading, *rows]).encode())


def test_rows_of_a_table_that_sorts_may_come_in_another_order() -> None:
    one, other = "<tr>Plain English</tr>", "<tr>Easy read</tr>"

    assert listed(one, other, sorts=True) == listed(other, one, sorts=True)
    assert listed(one, other, sorts=False) != listed(other, one, sorts=False)
    assert listed(one, one, sorts=True) != listed(one, other, sorts=True)
    assert listed(one, sorts=True) != listed(one, one, sorts=True)


def test_a_count_that_differs_is_found() -> None:
    other = page("4 people", token="abc", ref="k7f4m9pxqc", time="10:41am")

    (finding,) = compare({(MANAGER, "home:home"): ONE}, {(MANAGER, "home:home"): other})

    assert (finding.zone, finding.who, finding.where) == ("programme", "Programme manager", "home:home")
    assert "3 people" in finding.spelling
    assert "4 people" in finding.spelling


def test_a_page_that_is_there_only_once_is_found() -> None:
    (finding,) = compare({(MANAGER, "home:home"): ONE}, {})

    assert finding.spelling == "the page is there only once"
