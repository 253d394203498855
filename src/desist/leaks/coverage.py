"""Which routes of a zone a search must have reached, and which it cannot, each with the reason."""

from collections.abc import Iterable

from desist.leaks import routes
from desist.sites import Zone

#: route -> why no walk of the synthetic area reaches it
OUT_OF_REACH: dict[str, str] = {
    "accounts:sign-out": "ends the walk; it answers with a redirect and no page",
    "accounts:lock": "ends the walk; the page names nobody",
    "accounts:role": "changes the role of whoever walks; each of the invented people has one",
    "accounts:here": "a beat that says the page is still open; it answers with no words",
    "accounts:leave": "ends the account of whoever walks",
    "accounts:end-role": "ends the role of whoever walks",
    "accounts:end-sign-in": "ends the sign-in of whoever walks",
    "accounts:reset": "ends the account of whoever walks",
    "accounts:provider": "only where an organisation has its own identity provider",
    "accounts:provider-back": "only where an organisation has its own identity provider",
    "accounts:sign-in-password": "only where a site allows passwords",
    "accounts:set-password": "only where a site allows passwords",
    "accounts:set-authenticator": "only where a site allows passwords",
    "accounts:remove-authenticator": "only where a site allows passwords",
    "accounts:accept-password": "only where a site allows passwords",
    "accounts:accept-code": "only where a site allows passwords",
}


def missed(zone: Zone, reached: Iterable[str]) -> tuple[str, ...]:
    """The routes of a zone that no role reached and that have no reason for it."""
    return tuple(sorted(set(routes.of(zone)) - set(reached) - set(OUT_OF_REACH)))
