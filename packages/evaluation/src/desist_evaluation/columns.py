"""The `dataset` argument: a published table's columns in the place of lists."""

import inspect
from collections.abc import Mapping

from desist_evaluation import published, registry
from desist_evaluation.checks import InvalidInputError, choice, sequence

#: dataset -> the columns that a function takes when the arguments name none
ROLES = {
    "rossi": {
        "duration": "week",
        "event": "arrest",
        "group": "fin",
        "covariates": "fin,age,race,wexp,mar,paro,prio",
    },
    "gehan": {"duration": "t", "event": "e", "group": "treatment", "covariates": "treatment"},
    "mgus2": {"duration": "etime", "event": "event"},
}


def from_published(*, function: str, arguments: Mapping[str, object]) -> dict[str, object]:
    """Return the arguments with a published table in the place of its name.

    `duration`, `event`, `group` and `covariates` name columns; any other column's name with a value keeps the rows
    that have it. Raises `InvalidInputError` where the function takes no table.
    """
    name = published.named(arguments["dataset"])
    columns = published.DATASETS[name]()
    rest = {key: value for key, value in arguments.items() if key != "dataset"}
    taken = set(inspect.signature(registry.find(function)).parameters)
    if name in ROLES and "t" in taken:
        return _survival(name, columns, rest, taken)
    if name == "sicily" and "counts" in taken:
        return _series(columns, rest)
    if name == "bbc" and "denominators" in taken:
        return {"observed": columns["granted"], "denominators": columns["incidents"], **rest}
    raise InvalidInputError("dataset", f"must be one that {function} can use, not {name}")


def _survival(
    name: str, columns: published.Columns, rest: dict[str, object], taken: set[str]
) -> dict[str, object]:
    usual = ROLES[name]
    wanted = ("duration", "event", *taken & {"group", "covariates"})
    roles = {role: rest.pop(role, usual.get(role)) for role in wanted}
    kept = {key: rest.pop(key) for key in list(rest) if key in columns and key not in taken}
    rows = [
        row
        for row in range(len(next(iter(columns.values()))))
        if all(columns[key][row] == value for key, value in kept.items())
    ]

    def column(role: str, name: object) -> list[float]:
        values = columns[choice(field=role, value=name, options=columns)]
        return [values[row] for row in rows]

    given: dict[str, object] = {
        "t": column("duration", roles["duration"]),
        "event" if "event" in taken else "e": column("event", roles["event"]),
    }
    if "group" in taken:
        given["group"] = column("group", roles["group"])
    if "covariates" in taken:
        asked = roles["covariates"]
        names = asked.split(",") if isinstance(asked, str) else sequence(field="covariates", value=asked)
        given["covariates"] = {str(key).strip(): column("covariates", str(key).strip()) for key in names}
    return {**given, **rest}


def _series(columns: published.Columns, rest: dict[str, object]) -> dict[str, object]:
    terms = {term.strip() for term in str(rest.pop("terms", "smokban+time")).split("+")}
    for term in terms:
        choice(field="terms", value=term, options=("smokban", "time", "smokban:time"))
    choice(field="offset", value=rest.pop("offset", "log(stdpop)"), options=("log(stdpop)",))
    return {
        "counts": columns["aces"],
        "intervention": columns["smokban"],
        "exposure": columns["stdpop"],
        "slope_change": "smokban:time" in terms,
        **rest,
    }
