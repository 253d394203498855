"""The pages on which papers, formulations and minutes of a panel are written, released, printed, and opened to a guest."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.accounts import sessions
from desist.partnership.panels.guest import commands as links
from desist.partnership.panels.panel_papers import commands, forms, printing, queries
from desist.ui.asking import ask, press
from desist.wall.requests import StaffRequest

KEPT = "link of a guest to "


@require_http_methods(["GET", "POST"])
def write(request: StaffRequest, ref: str) -> HttpResponse:
    """Write a paper, the formulation or the minutes of a case."""
    page = queries.to_write(actor=request.actor, item=ref, at=request.at)
    form = forms.Write(request.POST or None, agencies=page.agencies)
    return ask(
        request,
        "partnership/panels/write.html",
        form,
        do=lambda: commands.write(
            actor=request.actor,
            item=ref,
            draft=form.draft(),
            override=form.override(),
            submission=form.submission,
            at=request.at,
        ),
        done="It waits for a second person, who releases it. Nobody reads it until then.",
        then=lambda _: redirect("agenda:item", ref),
        page={"page": page, "ref": ref},
    )


@require_http_methods(["GET", "POST"])
def release(request: StaffRequest, ref: str) -> HttpResponse:
    """Release papers as the second person."""
    page, waiting = queries.to_release(actor=request.actor, item=ref, at=request.at)
    form = forms.Release(request.POST or None)
    form.offer("papers", [(one.ref, f"{one.sort} for {one.reader}: {one.side.lower()}") for one in waiting])
    return ask(
        request,
        "partnership/panels/release.html",
        form,
        do=lambda: commands.release(
            actor=request.actor, item=ref, papers=form.cleaned_data["papers"], at=request.at
        ),
        done="It is released. Each reader has exactly these words.",
        then=lambda _: redirect("agenda:item", ref),
        page={"page": page, "ref": ref, "waiting": waiting},
    )


@require_POST
def sign(request: StaffRequest, ref: str) -> HttpResponse:
    """Sign what the meeting agreed of a case, as the chair."""
    return press(
        request,
        do=lambda: commands.sign(actor=request.actor, item=ref, at=request.at),
        done="What the meeting agreed is signed. A colleague who did not write it can release it now.",
        then=lambda _: redirect("agenda:item", ref),
    )


@require_POST
def end(request: StaffRequest, ref: str, paper: str) -> HttpResponse:
    """Drop a paper that waits, or recall one that was released."""
    return press(
        request,
        do=lambda: commands.end(actor=request.actor, item=ref, paper=paper, at=request.at),
        done="Its words are gone from every page. Ask each reader to hand printed copies back.",
        then=lambda _: redirect("agenda:item", ref),
    )


@require_http_methods(["GET", "POST"])
def pack(request: StaffRequest, ref: str) -> HttpResponse:
    """Number a pack for one reader, to be printed."""
    page, copies = queries.to_print(actor=request.actor, meeting=ref, at=request.at)
    form = forms.Print(request.POST or None)
    form.offer("agency", page.agencies)
    return ask(
        request,
        "partnership/panels/pack.html",
        form,
        do=lambda: commands.make_copy(
            actor=request.actor, meeting=ref, **form.cleaned_data, submission=form.submission, at=request.at
        ),
        done="The copy has its number and stands first in the list: open it there and print it.",
        then=lambda _: redirect("panel_papers:pack", ref),
        page={"page": page, "ref": ref, "copies": copies},
    )


@require_safe
def copy(request: StaffRequest, ref: str) -> HttpResponse:
    """Hand over one pack as a PDF with a neutral name."""
    found = queries.pack(actor=request.actor, ref=ref, at=request.at)
    answer = HttpResponse(printing.draw(found), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="copy-{found.number}.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


@require_http_methods(["GET", "POST"])
def link(request: StaffRequest, ref: str) -> HttpResponse:
    """Make a guest's link to one paper, to be shown once."""
    item, guest = queries.guest(actor=request.actor, paper=ref, at=request.at)
    form = forms.Press(request.POST or None)

    def do() -> None:
        token, code = links.make(actor=request.actor, paper=ref, submission=form.submission, at=request.at)
        if token:
            sessions.keep(request, name=f"{KEPT}{ref}", text=f"{token} {code}")

    return ask(
        request,
        "partnership/panels/link.html",
        form,
        do=do,
        then=lambda _: redirect("panel_papers:made", ref),
        page={"item": item, "guest": guest},
    )


@require_safe
def made(request: StaffRequest, ref: str) -> HttpResponse:
    """Show the new link and its code, once."""
    item, guest = queries.guest(actor=request.actor, paper=ref, at=request.at)
    token, _, code = sessions.kept(request, name=f"{KEPT}{ref}").partition(" ")
    sessions.forget(request, name=f"{KEPT}{ref}")
    address = request.build_absolute_uri(reverse("guest:read", args=[token])) if token else ""
    context = {"item": item, "guest": guest, "paper": ref, "link": address, "code": links.spoken(code)}
    return render(request, "partnership/panels/link_made.html", context)


@require_POST
def end_link(request: StaffRequest, ref: str) -> HttpResponse:
    """End a guest's link at once."""
    item, _ = queries.guest(actor=request.actor, paper=ref, at=request.at)
    return press(
        request,
        do=lambda: links.end(actor=request.actor, paper=ref, at=request.at),
        done="The link opens nothing any more.",
        then=lambda _: redirect("agenda:item", item),
    )
