"""Every address of the partnership zone."""

from django.urls import include, path

from desist.ui.errors import handler400, handler403, handler404
from desist.zones.faults import handler500

__all__ = ["handler400", "handler403", "handler404", "handler500"]

urlpatterns = [
    path("", include("desist.partnership.pages.home.urls")),
    path("people/", include("desist.partnership.pages.people.urls")),
    path("search/", include("desist.partnership.pages.search.urls")),
    path("imports/", include("desist.partnership.imports.urls")),
    path("attachments/", include("desist.partnership.attachments.urls")),
    path("referrals/", include("desist.partnership.pages.referral.urls")),
    path("exit-reports/", include("desist.partnership.exit_reports.urls")),
    path("orders/", include("desist.partnership.pages.order.urls")),
    path("conditions/", include("desist.partnership.conditions.urls")),
    path("releases/", include("desist.partnership.releases.urls")),
    path("applications/", include("desist.partnership.pages.applications.urls")),
    path("notifications/", include("desist.partnership.pages.notifications.urls")),
    path("breaches/", include("desist.partnership.pages.breaches.urls")),
    path("order-copies/", include("desist.partnership.pages.order_copies.urls")),
    path("register/", include("desist.partnership.register.urls")),
    path("identities/", include("desist.partnership.identities.urls")),
    path("transfers/", include("desist.partnership.pages.transfers.urls")),
    path("victims/", include("desist.partnership.victims.urls")),
    path("disclosures/", include("desist.partnership.disclosures.urls")),
    path("judgements/", include("desist.partnership.judgements.urls")),
    path("pairs/", include("desist.partnership.pairs.urls")),
    path("switchboard/", include("desist.partnership.switchboard.urls")),
    path("reports/", include("desist.partnership.reports.urls")),
    path("exhibits/", include("desist.partnership.exhibits.urls")),
    path("agencies/", include("desist.partnership.agencies.urls")),
    path("terms/", include("desist.partnership.agencies.terms.urls")),
    path("support/", include("desist.partnership.support.urls")),
    path("panels/", include("desist.partnership.pages.panels.urls")),
    path("agenda/", include("desist.partnership.panels.agenda.urls")),
    path("panel-packs/", include("desist.partnership.panels.panel_packs.urls")),
    path("panel-papers/", include("desist.partnership.panels.panel_papers.urls")),
    path("panel-actions/", include("desist.partnership.panels.panel_actions.urls")),
    path("our-panels/", include("desist.partnership.panels.our_panels.urls")),
    path("guest/", include("desist.partnership.panels.guest.urls")),
    path("extracts/", include("desist.partnership.extracts.urls")),
    path("quarterly/", include("desist.quarterly.urls")),
    path("alerts/", include("desist.desk.alerts.urls")),
    path("duty/", include("desist.desk.duty.urls")),
    path("calendar/", include("desist.feeds.urls")),
    path("tasks/", include("desist.tasks.urls")),
    path("declarations/", include("desist.declarations.urls")),
    path("merges/", include("desist.merges.urls")),
    path("account/", include("desist.accounts.urls")),
    path("post/", include("desist.post.urls")),
    path("audit/", include("desist.audit.urls")),
    path("downloads/", include("desist.audit.downloads.urls")),
    path("restrictions/", include("desist.restrictions.urls")),
]
