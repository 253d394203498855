"""The invented staff of the synthetic area: one person for every role, in both of its areas."""

from dataclasses import dataclass

from desist.sites import Zone
from desist.wall.actors import Role

AREAS = ("North", "South")
#: a number that rings nowhere: one of those kept free for invented people
PHONE = "01632 960000"


@dataclass(frozen=True)
class Person:
    """One invented member of staff; `ref` is the account's reference, the same on every run."""

    ref: str
    name: str
    zone: Zone
    role: Role
    area: str


def _person(ref: str, name: str, zone: Zone, role: Role, area: str = "North") -> Person:
    return Person(f"staff{ref}", name, zone, role, area)


STAFF: tuple[Person, ...] = (
    _person("p01", "Morgan Fernwell", Zone.PROGRAMME, Role.MANAGER),
    _person("p02", "Ashby Quillon", Zone.PROGRAMME, Role.PRACTITIONER),
    _person("p03", "Tamsin Orlebury", Zone.PROGRAMME, Role.PRACTITIONER),
    _person("p04", "Idris Vantongeren", Zone.PROGRAMME, Role.PRACTITIONER),
    _person("p05", "Corin Halloway-Mist", Zone.PROGRAMME, Role.SUPERVISOR),
    _person("p06", "Bexley Umbrage", Zone.PROGRAMME, Role.OBSERVER),
    _person("p07", "Perrin Stowmarch", Zone.PROGRAMME, Role.EXECUTIVE),
    _person("p08", "Linnet Grasmoor", Zone.PROGRAMME, Role.ADMINISTRATOR),
    _person("p09", "Osric Pellingham", Zone.PROGRAMME, Role.DATA_PROTECTION_OFFICER),
    _person("p10", "Sable Winterfold", Zone.PROGRAMME, Role.MANAGER, "South"),
    _person("p11", "Juno Marchetti-Vale", Zone.PROGRAMME, Role.PRACTITIONER, "South"),
    _person("q01", "Rowan Thistlewood", Zone.PARTNERSHIP, Role.OFFICER),
    _person("q02", "Darcy Brackenridge", Zone.PARTNERSHIP, Role.OFFICER),
    _person("q03", "Emrys Kettlewick", Zone.PARTNERSHIP, Role.ORDER_COORDINATOR),
    _person("q04", "Hollis Varnavides", Zone.PARTNERSHIP, Role.FORCE_LEAD),
    _person("q05", "Merle Ashdonbury", Zone.PARTNERSHIP, Role.PANEL_CHAIR),
    _person("q06", "Wren Copplestick", Zone.PARTNERSHIP, Role.PARTNER),
    _person("q07", "Lowen Sagebrook", Zone.PARTNERSHIP, Role.ADMINISTRATOR),
    _person("q08", "Petra Nightmoor", Zone.PARTNERSHIP, Role.DATA_PROTECTION_OFFICER),
    _person("q09", "Gray Ellerscombe", Zone.PARTNERSHIP, Role.OFFICER, "South"),
    _person("a01", "Fable Trelissick", Zone.ADVOCACY, Role.ADVOCATE),
    _person("a02", "Noor Quenington", Zone.ADVOCACY, Role.ADVOCACY_MANAGER),
    _person("a03", "Bryn Oakhanger", Zone.ADVOCACY, Role.ADMINISTRATOR),
    _person("a04", "Tove Larkspur-Hale", Zone.ADVOCACY, Role.DATA_PROTECTION_OFFICER),
    _person("a05", "Sefa Windermark", Zone.ADVOCACY, Role.ADVOCATE, "South"),
    _person("a06", "Ottilie Brackwater", Zone.ADVOCACY, Role.ADVOCACY_MANAGER, "South"),
    _person("c01", "Sorrel Highclere", Zone.COMMISSION, Role.COMMISSIONER),
    _person("c02", "Ellis Farthingdale", Zone.COMMISSION, Role.EVALUATOR),
    _person("c03", "Quince Abbotsmere", Zone.COMMISSION, Role.ADMINISTRATOR),
    _person("c04", "Teal Hartsmoor", Zone.COMMISSION, Role.DATA_PROTECTION_OFFICER),
)
