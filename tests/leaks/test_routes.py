"""What stands in the address of a route, which is what the search for leaks puts other references into."""

from desist.sites import Zone
from tools.leaks import routes


def test_what_a_route_gives_its_view_besides_stands_in_no_address() -> None:
    name, values = routes.route_of(Zone.PROGRAMME, "/chains/abcdefghij/shared/edit/")

    assert (name, values) == ("chains:shared-edit", ("abcdefghij",))
    assert (
        routes.of(Zone.PROGRAMME)[name].address(Zone.PROGRAMME, values) == "/chains/abcdefghij/shared/edit/"
    )
