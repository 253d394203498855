"""Drawing a page of the person's own: one frame, plain sentences, and what was typed given back. Only a sign-in opens one."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from desist.participant import calls, forms, passkeys
from desist.participant.here import NAME, PhoneRequest, wiped
from desist.ui import words
from desist.ui.forms import Form

OVER = "You were signed out. What you wrote was not saved: copy it before you leave this page"
#: the pages of an open sign-in
INSIDE = frozenset(
    {
        "today",
        "homework",
        "skills",
        "skill",
        "plan",
        "appointments",
        "questions",
        "sheet",
        "help",
        "rights",
        "notice",
        "lock",
    }
)
#: page -> the entry of the menu that it belongs to, where that has another name
BELOW = {"skill": "skills", "sheet": "questions", "help": "questions", "notice": "rights"}


def signed_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let only an open sign-in through; else ask for it, with what was typed to copy."""

    @wraps(view)
    def answered(request: PhoneRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 -- of the view
        if request.sitting:
            return view(request, *args, **kwargs)
        return entrance(request, sentence=OVER if typed(request) else "")

    return answered


def page(
    request: HttpRequest,
    name: str,
    *,
    sentence: str = "",
    typed: tuple[str, ...] = (),
    status: int = 200,
    **shown: Any,  # noqa: ANN401 -- what the template draws
) -> HttpResponse:
    """Draw one page; `sentence` says what went wrong, `typed` is given back."""
    context = {
        "name": NAME,
        "here": BELOW.get(name, name),
        "sentence": sentence,
        "typed": typed,
        "gone": False,
        **shown,
    }
    context["saved"] = "saved" in request.GET and not sentence
    context["inside"] = name in INSIDE
    return render(request, f"participant/{name}.html", context, status=status)


def entrance(request: PhoneRequest, *, sentence: str = "", status: int = 200) -> HttpResponse:
    """Ask for the digits, or for an invitation where this phone is none or is ended: then it is wiped."""
    if request.device and calls.lives(request.device, at=request.at):
        question = passkeys.to_use(request)
        return page(
            request, "sign_in", sentence=sentence, typed=typed(request), status=status, question=question
        )
    gone = bool(request.device)
    answer = page(
        request, "begin", code="", sentence=sentence, typed=typed(request), status=status, gone=gone
    )
    return wiped(answer, device=True) if gone else answer


def typed(request: HttpRequest) -> tuple[str, ...]:
    """The words of a form, to be copied; never a code."""
    return tuple(
        text
        for name in ("note", "words")
        if (text := str(request.POST.get(name, ""))[: forms.LONGEST]).strip()
    )


def errors(form: Form) -> str:
    """What is wrong with a form, as one sentence without its full stop."""
    said = [str(one).rstrip(".") + "." for errors in form.errors.values() for one in errors]
    return " ".join(said).rstrip(".")


def leads_nowhere(text: str, *, telephone: bool = False) -> bool:
    """Whether words of the programme may stand on a phone: no address, number or place is in them.

    They were held when they were written. Here they are read once more, since this process knows nobody's answer.
    `telephone`: a number to ring may stand.
    """
    return all(telephone and one.kind == "telephone number" for one in words.read(text))
