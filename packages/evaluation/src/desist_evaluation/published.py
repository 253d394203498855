"""Published data of worked examples, as facts: small tables that the documentation and `dataset` arguments use."""

from collections.abc import Callable, Mapping, Sequence

from desist_evaluation.checks import choice
from desist_evaluation.published_mgus2 import MONTHS

Columns = Mapping[str, Sequence[float]]

#: Weeks in remission of 21 pairs, 6-MP and placebo: Freireich and others 1963, as printed by Gehan 1965.
SIX_MP = ((6, 6, 6, 7, 10, 13, 16, 22, 23), (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35))
PLACEBO = (1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23)

#: Monthly admissions for acute coronary events in Sicily, January 2002 to November 2006, and the
#: age-standardised population; indoor smoking was banned in January 2005. Lopez Bernal, Cummins and
#: Gasparrini 2017, International Journal of Epidemiology 46:348-355.
SICILY = (
    (728, 379875.3),
    (659, 376495.5),
    (791, 377040.8),
    (734, 377116.4),
    (757, 377383.4),
    (726, 374113.1),
    (760, 379513.3),
    (740, 376295.5),
    (720, 374653.2),
    (814, 378485.6),
    (795, 375955.5),
    (858, 378349.7),
    (887, 376762.4),
    (766, 379032.3),
    (851, 379360.4),
    (769, 376162.0),
    (781, 377972.4),
    (756, 381830.7),
    (766, 379888.6),
    (752, 380872.2),
    (765, 380966.9),
    (831, 381240.4),
    (879, 382104.9),
    (928, 381802.7),
    (914, 381656.3),
    (808, 383680.0),
    (937, 383504.2),
    (840, 386462.9),
    (916, 383783.1),
    (828, 380836.8),
    (845, 383483.0),
    (818, 380906.2),
    (860, 382926.8),
    (839, 384052.4),
    (887, 384449.6),
    (886, 383428.4),
    (831, 388153.2),
    (796, 388373.2),
    (833, 386470.1),
    (820, 386033.2),
    (877, 383686.4),
    (758, 385509.3),
    (767, 385901.9),
    (738, 386516.6),
    (781, 388436.5),
    (843, 383255.2),
    (850, 390148.7),
    (908, 385874.9),
    (1021, 391613.6),
    (859, 391750.4),
    (976, 394005.6),
    (888, 391364.9),
    (962, 391664.6),
    (838, 389022.3),
    (810, 391878.5),
    (876, 388575.3),
    (843, 392989.0),
    (936, 390018.8),
    (912, 390712.3),
)

#: Stalking Protection Orders granted (January 2020 to spring 2021) and stalking incidents recorded (April to
#: December 2020) of the 39 forces that gave both. BBC Shared Data Unit 2021, by freedom of information, and
#: Home Office open data (Open Government Licence v3).
ORDERS = (
    ("Avon and Somerset", 8, 1933),
    ("Bedfordshire", 2, 512),
    ("Cambridgeshire", 7, 535),
    ("Cheshire", 13, 1650),
    ("Cleveland", 1, 870),
    ("Cumbria", 2, 386),
    ("Derbyshire", 3, 1724),
    ("Devon & Cornwall", 17, 648),
    ("Dorset", 0, 780),
    ("Durham", 2, 1747),
    ("Dyfed Powys", 1, 636),
    ("Essex", 9, 1761),
    ("Gloucestershire", 3, 300),
    ("Gwent", 0, 645),
    ("Hampshire", 2, 1536),
    ("Hertfordshire", 3, 835),
    ("Humberside", 0, 1414),
    ("Kent", 23, 3228),
    ("Lancashire", 5, 2041),
    ("Leicestershire", 6, 1714),
    ("Merseyside", 2, 2372),
    ("Metropolitan", 59, 4866),
    ("Norfolk", 2, 1166),
    ("North Wales", 1, 1270),
    ("Northamptonshire", 1, 1327),
    ("Northumbria", 5, 2545),
    ("Nottinghamshire", 13, 649),
    ("South Wales", 0, 1582),
    ("South Yorkshire", 2, 2053),
    ("Staffordshire", 4, 1327),
    ("Suffolk", 0, 656),
    ("Surrey", 22, 373),
    ("Sussex", 30, 1570),
    ("Thames Valley", 0, 1681),
    ("Warwickshire", 8, 676),
    ("West Mercia", 1, 1778),
    ("West Midlands", 10, 4087),
    ("West Yorkshire", 3, 3196),
    ("Wiltshire", 11, 333),
)


def gehan() -> Columns:
    """t, e and treatment (1 placebo, 0 6-MP)."""
    failed, censored = SIX_MP
    return {
        "t": [*failed, *censored, *PLACEBO],
        "e": [1] * len(failed) + [0] * len(censored) + [1] * len(PLACEBO),
        "treatment": [0] * (len(failed) + len(censored)) + [1] * len(PLACEBO),
    }


def sicily() -> Columns:
    """aces, stdpop, time (1 to 59) and smokban (1 from January 2005)."""
    return {
        "aces": [count for count, _ in SICILY],
        "stdpop": [population for _, population in SICILY],
        "time": list(range(1, len(SICILY) + 1)),
        "smokban": [int(month >= 37) for month in range(1, len(SICILY) + 1)],
    }


def orders() -> Columns:
    """granted and incidents, a row a force."""
    return {"granted": [row[1] for row in ORDERS], "incidents": [row[2] for row in ORDERS]}


def mgus2() -> Columns:
    """etime (months) and event (0 censored, 1 progressed, 2 died before): the usual example of competing risks."""
    people = [
        (months, code)
        for months, *counts in MONTHS
        for code, count in enumerate(counts)
        for _ in range(count)
    ]
    return {"etime": [months for months, _ in people], "event": [code for _, code in people]}


def rossi() -> Columns:
    """week, arrest and seven covariates of 432 released prisoners: Rossi, Berk and Lenihan 1980, from lifelines."""
    from lifelines.datasets import load_rossi  # noqa: PLC0415  # two seconds, only for this table

    return {str(name): column.tolist() for name, column in load_rossi().items()}


DATASETS: Mapping[str, Callable[[], Columns]] = {
    "bbc": orders,
    "gehan": gehan,
    "mgus2": mgus2,
    "rossi": rossi,
    "sicily": sicily,
}


def named(name: object) -> str:
    """Return the table that a name's first word means ("BBC csv, forces with ..." means bbc)."""
    first = str(name).split(maxsplit=1)[:1]
    return choice(field="dataset", value="".join(first).lower(), options=DATASETS)
