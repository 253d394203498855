"""The pages about a person's phone: how they work between sessions, the invitation in the room, and what they sent."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist import addresses, sites
from desist.accounts.factors.codes import picture
from desist.programme.phones import commands, forms, queries
from desist.ui.asking import ask, press
from desist.ui.dates import clock
from desist.wall.requests import StaffRequest


@require_safe
def phone(request: StaffRequest, ref: str) -> HttpResponse:
    """How one person works between sessions, their phones, and what they sent."""
    page = queries.phone(actor=request.actor, ref=ref, at=request.at)
    return render(request, "programme/phones/phone.html", {"page": page, "address": _address()})


@require_http_methods(["GET", "POST"])
def invite(request: StaffRequest, ref: str) -> HttpResponse:
    """Make an invitation, and show its code once, to the person in the room."""
    page = queries.to_invite(actor=request.actor, ref=ref, at=request.at)
    address = _address()
    form = forms.Invite(request.POST or None)

    def shown(code: str) -> HttpResponse:
        context = {"page": page, "address": address, "code": spoken(code)}
        context["until"] = clock(request.at + commands.INVITED)
        context["picture"] = picture(f"{address}begin/{code}").replace("your authenticator app", "the phone")
        return render(request, "programme/phones/invited.html", context)

    return ask(
        request,
        "programme/phones/invite.html",
        form,
        do=lambda: commands.invite(
            actor=request.actor, episode=ref, submission=form.submission, at=request.at
        ),
        then=shown,
        page={"page": page, "address": address},
    )


@require_POST
def end(request: StaffRequest, ref: str, phone: str) -> HttpResponse:
    """End one phone, or an invitation that was not used."""
    return press(
        request,
        do=lambda: commands.end(actor=request.actor, episode=ref, phone=phone, at=request.at),
        then=lambda _: redirect("phones:phone", ref),
        done="It is ended. A phone is wiped when it is next used.",
    )


@require_http_methods(["GET", "POST"])
def answer(request: StaffRequest, ref: str) -> HttpResponse:
    """Note what was done about a request."""
    page = queries.to_answer(actor=request.actor, ref=ref, at=request.at)
    form = forms.Answer(request.POST or None)

    def leave(_: None) -> HttpResponse:
        messages.success(request, "Noted. The person sees that it was answered, and not your words.")
        return redirect("phones:phone", page.episode)

    return ask(
        request,
        "programme/phones/answer.html",
        form,
        do=lambda: commands.answer(
            actor=request.actor, ref=ref, words=form.cleaned_data["words"], at=request.at
        ),
        then=leave,
        page={"page": page},
    )


def spoken(code: str) -> str:
    """A code as it is read out and typed: "K7F2 M9PX 4C3D"."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4)).upper()


def _address() -> str:
    """The address of the pages for phones of this service; "" where it has none."""
    listed = sites.read_sites(folder=sites.data_folder())
    found = (one for one in listed if one.shares == settings.DESIST_SITE)
    return next((addresses.origin(one, listed=listed) for one in found), "")
