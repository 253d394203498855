"""Posters (A4, A3) and social cards (1200 x 630) of a campaign's messages, as SVG, PNG and PDF, and a form to order prints."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

import qrcode
import typst
from qrcode.image.svg import SvgPathFillImage

from desist.public.campaigns import Campaign, Message
from desist.public.drawings import Drawing
from desist.public.help import Route
from desist.public.languages import Language
from desist.public.settings import Site

LAYOUTS = Path(__file__).parent / "posters"
#: pixels per inch of the PNGs: a poster for the screen, a card of exactly 1200 x 630
SHARPNESS = {"poster": 96.0, "card": 72.0, "order": 96.0}
#: the formats of each kind
FORMATS: dict[str, tuple[Literal["svg", "png", "pdf"], ...]] = {
    "poster": ("svg", "png", "pdf"),
    "card": ("svg", "png"),
}

#: the end of a sentence: a headline of several gets a line for each
SENTENCE = re.compile(r"([.?!]) ")


@dataclass(frozen=True)
class Drawn:
    """The files of a campaign by name: poster-1.svg, card-1.png, ..., and posters.pdf and posters-a3.pdf with a page for each.

    order-form.pdf shows all of them small, where the site takes orders.
    """

    files: Mapping[str, bytes]

    def of(self, kind: str, number: int) -> list[str]:
        """The names of one message's files, messages counted from 1."""
        return [name for name in self.files if name.rpartition(".")[0] == f"{kind}-{number}"]


def draw(
    *,
    campaign: Campaign,
    site: Site,
    language: Language,
    routes: Mapping[str, Route],
    drawings: Mapping[str, Drawing],
) -> Drawn:
    """Every poster and card of a campaign in one language."""
    if not campaign.messages:
        return Drawn({})
    said = words(campaign=campaign, site=site, language=language, routes=routes, drawings=drawings)
    data = json.dumps(said)
    files = {"posters-a3.pdf": compiled("poster", data=data, kind_of_file="pdf", paper="a3")[0]}
    if site.orders:
        files["order-form.pdf"] = compiled("order", data=data, kind_of_file="pdf")[0]
    for kind, formats in FORMATS.items():
        for kind_of_file in formats:
            made = compiled(kind, data=data, kind_of_file=kind_of_file)
            if kind_of_file == "pdf":
                files[f"{kind}s.pdf"] = made[0]
                continue
            for number, (page, message) in enumerate(zip(made, campaign.messages, strict=True), start=1):
                spoken = described(page, alternative(message, routes)) if kind_of_file == "svg" else page
                files[f"{kind}-{number}.{kind_of_file}"] = spoken
    return Drawn(files)


def alternative(message: Message, routes: Mapping[str, Route]) -> str:
    """The words of a poster or card, for people who do not see it."""
    route = reach(routes[message.help])
    return f"{message.headline} {message.words} {route['name']}: {route['reach']}."


def described(svg: bytes, words: str) -> bytes:
    """An SVG that says its words to a screen reader."""
    return svg.replace(b"<svg ", f'<svg role="img" aria-label="{escape(words)}" '.encode(), 1)


def compiled(
    kind: str, *, data: str, kind_of_file: Literal["svg", "png", "pdf"], paper: str = "a4"
) -> list[bytes]:
    """A layout filled with data: one file a page, or one in all for a PDF, which screen readers can follow."""
    made: bytes | list[bytes] = typst.compile(
        str(LAYOUTS / f"{kind}.typ"),
        root=str(LAYOUTS),
        format=kind_of_file,
        ppi=SHARPNESS[kind],
        font_paths=fonts(),
        sys_inputs={"data": data, "paper": paper},
        pdf_standards="ua-1" if kind_of_file == "pdf" else None,
    )
    return list(made) if isinstance(made, list) else [made]


def fonts() -> list[str]:
    """The folder of DejaVu Sans, which has every Welsh letter: matplotlib brings it to any machine."""
    matplotlib = find_spec("matplotlib")
    if matplotlib is None or not matplotlib.origin:
        return []
    return [str(Path(matplotlib.origin).parent / "mpl-data/fonts/ttf")]


def words(
    *,
    campaign: Campaign,
    site: Site,
    language: Language,
    routes: Mapping[str, Route],
    drawings: Mapping[str, Drawing],
) -> dict[str, Any]:
    """The words and drawings of a layout."""
    area = site.area.name if site.area else ""
    return {
        "title": campaign.title,
        "site": site.name,
        "organisation": site.organisation,
        "language": language.code,
        "address": site.address,
        "code": code(site.address) if site.address else "",
        "desk": reach(routes["desk"]) if "desk" in routes else {"name": "", "reach": ""},
        "danger": language.say("In danger? Call 999"),
        "footer": " · ".join(part for part in (campaign.title, campaign.organiser, area) if part),
        "messages": [
            {
                "headline": SENTENCE.sub("\\1\n", message.headline),
                "words": message.words,
                "route": reach(routes[message.help]),
                "drawing": drawings[message.drawing].svg,
                "shows": drawings[message.drawing].title,
            }
            for message in campaign.messages
        ],
        "order": order(site, language),
    }


def order(site: Site, language: Language) -> dict[str, Any]:
    """The words of the form on which an organisation of the area orders prints."""
    say = language.say
    return {
        "title": say("Order posters and cards"),
        "send": say("Fill this in and send it to %(address)s. Prints are free.") % {"address": site.orders},
        "number": say("Poster"),
        "which": say("How many of each?"),
        "kinds": [say("Posters, A4"), say("Posters, A3"), say("Cards")],
        "lines": [say("Your name"), say("Organisation"), say("Address for the parcel"), say("Needed by")],
    }


def code(address: str) -> str:
    """The address as a QR code, an SVG of one path."""
    drawn = qrcode.make(address, image_factory=SvgPathFillImage, border=0)
    return str(drawn.to_string(encoding="unicode"))


def reach(route: Route) -> dict[str, str]:
    """A help route on a poster: its number, or its site when it has none."""
    return {"name": route.name, "reach": route.number or route.site.removeprefix("https://")}
