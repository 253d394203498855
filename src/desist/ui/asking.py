"""How every page asks: draw the form, carry it out once, or refuse it with a sentence and keep the typed words.

    return ask(
        request,
        "programme/plans/rate.html",
        form,
        do=lambda: commands.rate(actor=request.actor, ref=ref, version=form.version, at=request.at, **form.cleaned_data),
        then=lambda _: redirect("plans:plan", page.episode),
        page={"page": page},
    )

- `ask`    a form on a page of its own
- `press`  a button on another page, which has nothing to fill in
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from desist.refusals import OWN_CLICK, Changed, Refused
from desist.ui.forms import Form
from desist.ui.words import Unclear

Made = TypeVar("Made")


def ask(
    request: HttpRequest,
    template: str,
    form: Form,
    *,
    do: Callable[[], Made],
    then: Callable[[Made], HttpResponse],
    page: Mapping[str, Any],
    anew: Callable[[Changed], Mapping[str, Any]] | None = None,
    done: str = "",
) -> HttpResponse:
    """Return the page with its form or, once the form is valid and `do` has carried it out, the answer of `then`.

    `do` returns what `then` needs. A refusal of `do` becomes an error of the form, at the field that it names. `anew`
    runs where a colleague changed the row meanwhile: it reads the page again, tells the form what happened
    (`form.keep`), sets `form.version` to the newer one if the next press may count, and returns the data to draw.
    Without it the page shows the sentence of Changed. `done` is as in `press`.
    """
    try:
        if form.is_valid():
            return _done(request, then, do(), done)
        _refuse_overtaken(form)
    except Unclear as unclear:
        form.refuse(unclear)
    except Changed as changed:
        if anew:
            page = {**page, **anew(changed)}
            form.add_error(None, OWN_CLICK)
        else:
            form.keep(str(changed))
    except Refused as refused:
        form.deny(refused)
    return render(request, template, {**page, "form": form}, status=422 if form.errors else 200)


def _refuse_overtaken(form: Form) -> None:
    """Explain, where a chosen value is no longer on the page, that the page changed meanwhile."""
    if form.overtaken:
        raise Changed


def press(
    request: HttpRequest,
    *,
    do: Callable[[], Made],
    then: Callable[[Made | None], HttpResponse],
    done: str = "",
) -> HttpResponse:
    """Carry out a button; where it is refused, the page of `then` has the sentence on top, and `then` gets None.

    `done` is the sentence on top of that page where it was carried out.
    """
    try:
        made = do()
    except Refused as refused:
        messages.warning(request, str(refused))
        return then(None)
    return _done(request, then, made, done)


def _done(request: HttpRequest, then: Callable[[Made], HttpResponse], made: Made, said: str) -> HttpResponse:
    if said:
        messages.success(request, said)
    return then(made)
