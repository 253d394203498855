"""The steps of an order as pages: the form of each, and the command that takes its answers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from desist.partnership.orders import commands, forms
from desist.partnership.pages.order.pages import Page
from desist.ui.forms import Form
from desist.wall.actors import Actor


@dataclass(frozen=True)
class Step:
    """One step. `past` names the days that cannot lie ahead; `arguments` turns the answers into the command's."""

    title: str
    button: str
    form: type[Form]
    command: Callable[..., None]
    arguments: Callable[[Form], dict[str, Any]]
    past: tuple[str, ...] = ()

    def do(self, *, actor: Actor, ref: str, form: Form, at: datetime) -> None:
        """Carry the step out with the form's answers."""
        answers = self.arguments(form)
        self.command(actor=actor, ref=ref, version=form.version, at=at, **answers)


def _as_they_are(form: Form) -> dict[str, Any]:
    return dict(form.cleaned_data)


def _making(form: Form) -> dict[str, Any]:
    answers = form.cleaned_data
    names = ("made_on", "ends_on", "how_made", "court", "hearing_on")
    making = {name: answers[name] for name in names}
    made = commands.Making(**making, locality=answers["locality"] or "")
    return {"making": made, "override": form.override()}


STEPS: dict[str, Step] = {
    "apply": Step(
        "Record the application",
        "Record the application",
        forms.Apply,
        commands.apply,
        _as_they_are,
        ("applied_on",),
    ),
    "make": Step(
        "Record that the order was made", "Record the order", forms.Make, commands.make, _making, ("made_on",)
    ),
    "refuse": Step(
        "Record that the order was refused",
        "Record the refusal",
        forms.Closed,
        commands.close_application,
        lambda form: {**form.cleaned_data, "refused": True},
        ("on",),
    ),
    "withdraw": Step(
        "Record that the application was withdrawn",
        "Record the withdrawal",
        forms.Closed,
        commands.close_application,
        lambda form: {**form.cleaned_data, "refused": False},
        ("on",),
    ),
    "prepare": Step(
        "Check that the order is ready to serve",
        "It is ready to be served",
        Form,
        commands.prepare_service,
        _as_they_are,
    ),
    "serve": Step(
        "Record the service", "Record the service", forms.Serve, commands.serve, _as_they_are, ("served_on",)
    ),
    "expire": Step("Record that the order has ended", "It has ended", Form, commands.expire, _as_they_are),
}


def form_of(*, step: Step, data: Any, page: Page, today: date) -> Form:  # noqa: ANN401 -- request.POST or None
    """The step's form with its known answers. It refuses a future day where the step needs a past one."""
    known = {"court": dict(page.facts).get("Court", "")}
    form = step.form(data, initial=known, version=page.version)
    if isinstance(form, forms.Dated):
        form.until(today, *step.past)
    if isinstance(form, forms.Make) and page.is_interim:
        form.fields.pop("period")
        form.fields["ends_on"].required = True
    return form
