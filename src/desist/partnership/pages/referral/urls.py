"""/referrals/"""

from django.urls import path

from desist.partnership.pages.referral import views

app_name = "referrals"
urlpatterns = [
    path("", views.referrals, name="referrals"),
    path("start/", views.start, name="start"),
    path("give/", views.give, name="give"),
    path("discarded/", views.discarded, name="discarded"),
    path("<slug:ref>/", views.referral, name="referral"),
    path("<slug:ref>/check/", views.check, name="check"),
    path("<slug:ref>/withdraw/", views.withdraw, name="withdraw"),
    path("<slug:ref>/discard/", views.discard, name="discard"),
    path("<slug:ref>/amend/<slug:key>/", views.amend, name="amend"),
    path("<slug:ref>/<slug:key>/", views.section, name="section"),
]
