"""The police areas of England and Wales, as the answer to where a person lives. Pure.

Source: Police Act 1996, s.1 and Schedule 1 (41 areas outside London), with the metropolitan police district and the City
of London police area.
"""

from django.db.models import TextChoices


class PoliceArea(TextChoices):
    """The area where the person lives: `OWN` stands for the area of the referral, whatever a site calls it."""

    OWN = "own", "The police area in which this referral is made"
    AVON_AND_SOMERSET = "avon_and_somerset", "Avon and Somerset"
    BEDFORDSHIRE = "bedfordshire", "Bedfordshire"
    CAMBRIDGESHIRE = "cambridgeshire", "Cambridgeshire"
    CHESHIRE = "cheshire", "Cheshire"
    CITY_OF_LONDON = "city_of_london", "City of London"
    CLEVELAND = "cleveland", "Cleveland"
    CUMBRIA = "cumbria", "Cumbria"
    DERBYSHIRE = "derbyshire", "Derbyshire"
    DEVON_AND_CORNWALL = "devon_and_cornwall", "Devon and Cornwall"
    DORSET = "dorset", "Dorset"
    DURHAM = "durham", "Durham"
    DYFED_POWYS = "dyfed_powys", "Dyfed-Powys"
    ESSEX = "essex", "Essex"
    GLOUCESTERSHIRE = "gloucestershire", "Gloucestershire"
    GREATER_MANCHESTER = "greater_manchester", "Greater Manchester"
    GWENT = "gwent", "Gwent"
    HAMPSHIRE = "hampshire", "Hampshire and Isle of Wight"
    HERTFORDSHIRE = "hertfordshire", "Hertfordshire"
    HUMBERSIDE = "humberside", "Humberside"
    KENT = "kent", "Kent"
    LANCASHIRE = "lancashire", "Lancashire"
    LEICESTERSHIRE = "leicestershire", "Leicestershire"
    LINCOLNSHIRE = "lincolnshire", "Lincolnshire"
    MERSEYSIDE = "merseyside", "Merseyside"
    METROPOLITAN = "metropolitan", "Metropolitan Police"
    NORFOLK = "norfolk", "Norfolk"
    NORTH_WALES = "north_wales", "North Wales"
    NORTH_YORKSHIRE = "north_yorkshire", "North Yorkshire"
    NORTHAMPTONSHIRE = "northamptonshire", "Northamptonshire"
    NORTHUMBRIA = "northumbria", "Northumbria"
    NOTTINGHAMSHIRE = "nottinghamshire", "Nottinghamshire"
    SOUTH_WALES = "south_wales", "South Wales"
    SOUTH_YORKSHIRE = "south_yorkshire", "South Yorkshire"
    STAFFORDSHIRE = "staffordshire", "Staffordshire"
    SUFFOLK = "suffolk", "Suffolk"
    SURREY = "surrey", "Surrey"
    SUSSEX = "sussex", "Sussex"
    THAMES_VALLEY = "thames_valley", "Thames Valley"
    WARWICKSHIRE = "warwickshire", "Warwickshire"
    WEST_MERCIA = "west_mercia", "West Mercia"
    WEST_MIDLANDS = "west_midlands", "West Midlands"
    WEST_YORKSHIRE = "west_yorkshire", "West Yorkshire"
    WILTSHIRE = "wiltshire", "Wiltshire"
    ELSEWHERE = "elsewhere", "Outside England and Wales"


#: the 43 areas themselves
AREAS = tuple(
    (one.value, str(one.label)) for one in PoliceArea if one not in {PoliceArea.OWN, PoliceArea.ELSEWHERE}
)


def lived_in(*, answer: str, area: str) -> str:
    """The area that an answer stands for in a referral of `area`; "" where it is unknown."""
    return area if answer == PoliceArea.OWN else answer


def called(name: str) -> str:
    """The code of the police area with the name of a site's own area, in any case; else the name as it is."""
    spelt = name.casefold()
    return next((code for code, label in AREAS if spelt in {code, label.casefold()}), name)


def named(area: str) -> str:
    """The name of an area for reading: in its words, or in the site's own."""
    return str(PoliceArea(area).label) if area in PoliceArea.values else area
