"""Every address of the advocacy zone."""

from django.urls import include, path

from desist.ui.errors import handler400, handler403, handler404
from desist.zones.faults import handler500

__all__ = ["handler400", "handler403", "handler404", "handler500"]

urlpatterns = [
    path("", include("desist.advocacy.pages.home.urls")),
    path("search/", include("desist.advocacy.pages.search.urls")),
    path("victims/", include("desist.advocacy.pages.client.urls")),
    path("vault/", include("desist.advocacy.pages.vault.urls")),
    path("contacts/", include("desist.advocacy.pages.contacts.urls")),
    path("circumstances/", include("desist.advocacy.circumstances.urls")),
    path("support/", include("desist.advocacy.support.urls")),
    path("agency-links/", include("desist.advocacy.support.agency_links.urls")),
    path("safety/", include("desist.advocacy.safety.urls")),
    path("screenings/", include("desist.advocacy.screenings.urls")),
    path("incidents/", include("desist.advocacy.incidents.urls")),
    path("chronology/", include("desist.advocacy.pages.chronology.urls")),
    path("evidence/", include("desist.advocacy.evidence.urls")),
    path("exhibits/", include("desist.advocacy.exhibits.urls")),
    path("submissions/", include("desist.advocacy.submissions.urls")),
    path("answer-files/", include("desist.answering.answer_files.urls")),
    path("answers/", include("desist.answering.urls")),
    path("send/", include("desist.advocacy.pages.send.urls")),
    path("disclosures/", include("desist.advocacy.disclosures.urls")),
    path("measures/", include("desist.advocacy.measures.urls")),
    path("team/", include("desist.advocacy.team.urls")),
    path("police/", include("desist.advocacy.police.urls")),
    path("updates/", include("desist.advocacy.pages.updates.urls")),
    path("papers/", include("desist.advocacy.papers.urls")),
    path("letters/", include("desist.advocacy.letters.urls")),
    path("orders/", include("desist.advocacy.orders.urls")),
    path("packs/", include("desist.advocacy.packs.urls")),
    path("sent-exhibits/", include("desist.advocacy.sent_exhibits.urls")),
    path("candidates/", include("desist.advocacy.candidates.urls")),
    path("alerts/", include("desist.desk.alerts.urls")),
    path("duty/", include("desist.desk.duty.urls")),
    path("moving-in/offers/", include("desist.moving_in.offers.urls")),
    path("moving-in/", include("desist.moving_in.urls")),
    path("handovers/", include("desist.advocacy.handovers.urls")),
    path("tasks/", include("desist.tasks.urls")),
    path("declarations/", include("desist.declarations.urls")),
    path("merges/", include("desist.merges.urls")),
    path("quarterly/", include("desist.quarterly.urls")),
    path("account/", include("desist.accounts.urls")),
    path("post/", include("desist.post.urls")),
    path("audit/", include("desist.audit.urls")),
    path("downloads/", include("desist.audit.downloads.urls")),
    path("restrictions/", include("desist.restrictions.urls")),
]
