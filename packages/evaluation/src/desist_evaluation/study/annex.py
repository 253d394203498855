"""The evaluation annex: one accessible page that stands alone, its tables as CSV, its results as JSON."""

import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from desist_evaluation.design import CLAIMS, GRADES, Design, Grade
from desist_evaluation.result import VERSION, Result
from desist_evaluation.study import charts
from desist_evaluation.study.adjusted import adjust
from desist_evaluation.study.baseline import baseline_table
from desist_evaluation.study.comparison import ITT, Comparison, compare, reference_arm
from desist_evaluation.study.curves import curves
from desist_evaluation.study.definitions import definitions_table
from desist_evaluation.study.files import StudyData
from desist_evaluation.study.flow import arm_title, flow_table
from desist_evaluation.study.follow import followed, records_of
from desist_evaluation.study.missing import missing_table
from desist_evaluation.study.plan import DEFINITIONS, MAIN, StudyPlan
from desist_evaluation.study.plausible import refuse_implausible
from desist_evaluation.study.power import power_table
from desist_evaluation.study.summary import summary
from desist_evaluation.study.tables import Table, day, written
from desist_evaluation.wording import refuse_overclaim

#: Values that a result may not carry out of the study: one entry a person.
PERSONAL = {"person", "t", "e", "event", "arm"}


def write(*, data: StudyData, plan: StudyPlan) -> Mapping[str, str]:
    """Return the annex as file name -> text: annex.html, a CSV file for each table, results.json.

    Raises `InvalidInputError` where no person can be followed, `OverclaimError` where a name claims too much.
    """
    refuse_implausible(data, plan)
    records = records_of(data, plan)
    each = {definition: followed(records, plan, definition) for definition in DEFINITIONS}
    people = each[MAIN]
    chart, curve_table, shares = curves(data, plan, people)
    comparison = compare(data, plan, people)
    adjusted = adjust(data, plan, people, reference_arm(data, plan))
    tables = (
        power_table({arm: int(people.of(arm).sum()) for arm in data.arms}, plan),
        flow_table(data, plan, people),
        baseline_table(data),
        curve_table,
        comparison.shares_table(plan),
        comparison.ratios_table(),
        adjusted.ratios_table(),
        adjusted.balance_table(),
        definitions_table(data, plan, each.values()),
        missing_table(data),
    )
    told = summary(data, plan, people, comparison, adjusted)
    page = _page(data, plan, tables, chart, comparison, told=told)
    refuse_overclaim(field="annex", text=page)
    results = [
        _impersonal(found)
        for found in (people.found, *shares, *comparison.results, *adjusted.results.values())
    ]
    return MappingProxyType(
        {
            "annex.html": page,
            **{f"{table.name}.csv": table.as_csv() for table in tables},
            "results.json": json.dumps(results, indent=1, ensure_ascii=False, allow_nan=False) + "\n",
        }
    )


def _page(
    data: StudyData,
    plan: StudyPlan,
    tables: Sequence[Table],
    chart: charts.CurveChart,
    comparison: Comparison,
    *,
    told: Sequence[str],
) -> str:
    everyone = [group for group in comparison.groups if group.analysis == ITT]
    return template("annex.html").render(
        plan=plan,
        summary=told,
        landmark=comparison.landmark,
        main=MAIN,
        arms=[arm_title(arm) for arm in data.arms],
        claim=CLAIMS[design_grade(data, plan)],
        tables={table.name: table for table in tables},
        chart=chart,
        forest=charts.forest(comparison.ratios),
        groups=[group.sentence(horizon=plan.horizon, level=plan.level) for group in everyone],
        size=(charts.WIDTH, charts.HEIGHT, charts.LEFT, charts.RIGHT, charts.TOP, charts.BOTTOM),
        digest=data.digest,
        version=VERSION,
    )


def design_grade(data: StudyData, plan: StudyPlan) -> Grade:
    """Return how far the arms may be compared, given how people entered them by the plan; one arm compares nothing."""
    if len(data.arms) < 2:
        return GRADES[Design.NONE]
    return GRADES[plan.design or Design.UNADJUSTED]


def _impersonal(found: Result) -> dict[str, object]:
    return found.as_dict(without=PERSONAL)


def template(name: str) -> Template:
    """Return a template of the study, in which a missing name is an error."""
    environment = Environment(
        loader=PackageLoader("desist_evaluation.study"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"day": day, "written": written}
    return environment.get_template(name)
