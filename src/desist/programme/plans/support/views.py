"""The pages of partner agencies and of the support that people get from them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.programme.filters import queries as filters
from desist.programme.filters.states import List
from desist.programme.plans.support import commands, forms, queries
from desist.refusals import Changed
from desist.ui.asking import ask
from desist.ui.forms import Form
from desist.ui.tables import Cursor, Sort
from desist.wall.requests import StaffRequest

WAITS = "Nothing is passed on yet: a manager or supervisor has to agree first. It stands in their To do"


@require_safe
def directory(request: StaffRequest) -> HttpResponse:
    """Show the agencies on the area's list, or those that are no longer on it."""
    form, past = forms.Narrow(request.GET), request.GET.get("listed") == "past"
    sort = Sort.read(request.GET, allowed=queries.SORTED, default="name")
    page = queries.directory(
        actor=request.actor,
        past=past,
        need=form.said("need"),
        sort=sort,
        cursor=Cursor.read(request.GET),
        at=request.at,
    )
    kept = filters.kept(actor=request.actor, of=List.AGENCIES) if request.GET else None
    context = {"page": page, "past": past, "sort": sort, "form": form, "kept": kept}
    return render(request, "programme/support/directory.html", context)


@require_http_methods(["GET", "POST"])
def add(request: StaffRequest) -> HttpResponse:
    """List an agency."""
    form = forms.Agency(request.POST or None)
    return ask(
        request,
        "programme/support/add.html",
        form,
        do=lambda: commands.list_agency(actor=request.actor, listing=form.listing(), at=request.at),
        then=lambda _: redirect("support:directory"),
        page={},
    )


@require_http_methods(["GET", "POST"])
def end(request: StaffRequest, ref: str) -> HttpResponse:
    """Take an agency off the list."""
    page = queries.agency(actor=request.actor, ref=ref, at=request.at)
    form = Form(request.POST or None)
    return ask(
        request,
        "programme/support/end.html",
        form,
        do=lambda: commands.end_agency(actor=request.actor, ref=ref, at=request.at),
        then=lambda _: redirect("support:directory"),
        page={"page": page},
    )


@require_safe
def support(request: StaffRequest, ref: str) -> HttpResponse:
    """A person's support."""
    page = queries.support(actor=request.actor, episode=ref, at=request.at)
    return render(request, "programme/support/support.html", {"page": page})


@require_http_methods(["GET", "POST"])
def refer(request: StaffRequest, ref: str) -> HttpResponse:
    """Refer a person to an agency."""
    page = queries.to_refer(actor=request.actor, episode=ref, at=request.at)
    form = forms.Referral(request.POST or None, agencies=page.agencies, ways=page.ways, at=request.at)

    def then(waits: bool) -> HttpResponse:  # noqa: FBT001 -- what the command returns
        if waits:
            messages.success(request, WAITS)
        return redirect("support:support", ref)

    return ask(
        request,
        "programme/support/refer.html",
        form,
        do=lambda: commands.refer(
            actor=request.actor,
            episode=ref,
            referred=form.referred(),
            submission=form.submission,
            at=request.at,
        ),
        then=then,
        page={"page": page},
    )


@require_http_methods(["GET", "POST"])
def news(request: StaffRequest, ref: str) -> HttpResponse:
    """Read what an agency says of a referral, and answer its question."""
    page = queries.news(actor=request.actor, ref=ref, at=request.at)
    asked = bool(page.row.news) and page.row.news[0].asks
    form = forms.Reply(request.POST or None) if asked else Form(request.POST or None)

    def do() -> str:
        if not asked:
            return commands.read(actor=request.actor, ref=ref, at=request.at)
        return commands.reply(
            actor=request.actor,
            ref=ref,
            words=form.cleaned_data["words"],
            override=form.override(),
            submission=form.submission,
            at=request.at,
        )

    return ask(
        request,
        "programme/support/news.html",
        form,
        do=do,
        then=lambda episode: redirect("support:support", episode),
        page={"page": page, "asked": asked},
    )


@require_http_methods(["GET", "POST"])
def withdraw(request: StaffRequest, ref: str) -> HttpResponse:
    """Withdraw a referral to an agency."""
    page = queries.to_withdraw(actor=request.actor, ref=ref, at=request.at)
    return ask(
        request,
        "programme/support/withdraw.html",
        Form(request.POST or None),
        do=lambda: commands.withdraw(actor=request.actor, ref=ref, at=request.at),
        done="The referral is withdrawn.",
        then=lambda episode: redirect("support:support", episode),
        page={"page": page},
    )


@require_http_methods(["GET", "POST"])
def outcome(request: StaffRequest, ref: str) -> HttpResponse:
    """Record what an agency said by telephone or letter."""
    page = queries.referral(actor=request.actor, ref=ref, at=request.at)
    form = forms.Outcome(
        request.POST or None, may_record=page.may_record, version=page.version, at=request.at
    )

    def anew(_: Changed) -> dict[str, object]:
        newer = queries.referral(actor=request.actor, ref=ref, at=request.at)
        form.keep(f"Not saved: by now this referral is: {newer.row.state}")
        form.version = newer.version
        form.offer("said", newer.may_record)
        return {"page": newer}

    return ask(
        request,
        "programme/support/outcome.html",
        form,
        do=lambda: commands.record(
            actor=request.actor,
            ref=ref,
            outcome=form.outcome(),
            submission=form.submission,
            version=form.version,
            at=request.at,
        ),
        then=lambda _: redirect("support:support", page.episode),
        page={"page": page},
        anew=anew,
    )
