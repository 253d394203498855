"""The menu of a zone as its roles see it: each place opens, and its page is headed or titled as the menu names it."""

import functools

import lxml.html
from django.test import Client
from django.utils.module_loading import import_string

from desist.accounts.navigation import SITE
from desist.sites import Zone
from desist.ui.addresses import url
from desist.wall import policy
from desist.wall.actors import Role, roles_of
from desist.wall.places import Place
from tests import staff


def places(zone: Zone) -> list[Place]:
    """Return every place of a zone's menu and of the menu under one's name."""
    module = f"desist.{zone}.navigation"
    front, groups = import_string(f"{module}.MENU")
    own = getattr(import_string(module), "OWN", ())
    return [*front, *(one for _, held in groups for one in held), *own]


def disagreeing(zone: Zone) -> list[str]:
    """Return the places that do not open, or whose page bears another name, each as the first role that has it.

    Only places that every zone shares may be open to no role of this one.
    """

    @functools.cache
    def browser(role: Role) -> Client:
        return staff.browser(account=staff.account(name=f"Sam {role.label}"), role=role)

    found = []
    for place in places(zone):
        role = next((role for role in roles_of(zone) if policy.opens(role, place.route)), None)
        if role is None:
            found += [] if place in SITE else [f"{place.text}: opens for no role"]
            continue
        answer = browser(role).get(url(place.route))
        page = lxml.html.document_fromstring(answer.content.decode())
        names = " / ".join("".join(map(str, one.itertext())) for one in page.iter("h1", "title"))
        if answer.status_code != 200 or place.text.lower() not in names.lower():
            found.append(f"{place.text}: {answer.status_code} {names}")
    return found
