"""The links that keep an advocate from a client, and the words of the refusal."""

from django.db.models import TextChoices


class LinkKind(TextChoices):
    """The kind of link that an advocate declares."""

    CLIENT = "client", "Knows the client in private life"
    OTHER_PARTY = "other_party", "Knows the person who stalks the client"
    HOUSEHOLD = "household", "Shares a household with the client, the person who stalks them, or their family"
    OTHER_SIDE = "other_side", "Works, or worked in the last two years, with people who stalk"
    HOUSEHOLD_OTHER_SIDE = (
        "household_other_side",
        "Shares a household with someone who works with people who stalk",
    )


#: links that are about one client; the others keep an advocate from every client
ABOUT_A_CLIENT = frozenset({LinkKind.CLIENT, LinkKind.OTHER_PARTY, LinkKind.HOUSEHOLD})

#: the page's words when an allocation is refused; {name} is the advocate
REFUSALS: dict[LinkKind, str] = {
    LinkKind.CLIENT: "{name} knows this client in private life",
    LinkKind.OTHER_PARTY: "{name} knows the person who stalks this client",
    LinkKind.HOUSEHOLD: "{name} shares a household with a party to this case",
    LinkKind.OTHER_SIDE: "{name} works or recently worked with people who stalk",
    LinkKind.HOUSEHOLD_OTHER_SIDE: "{name} shares a household with someone who works with people who stalk",
}
