"""/intake/"""

from django.urls import path

from desist.programme.referrals.intake import views

app_name = "intake"
urlpatterns = [
    path("", views.drafts, name="drafts"),
    path("start/", views.start, name="start"),
    path("discarded/", views.discarded, name="discarded"),
    path("of/<slug:ref>/told/", views.told, name="told"),
    path("<slug:ref>/", views.draft, name="draft"),
    path("<slug:ref>/check/", views.check, name="check"),
    path("<slug:ref>/discard/", views.discard, name="discard"),
    path("<slug:ref>/<slug:key>/", views.section, name="section"),
]
