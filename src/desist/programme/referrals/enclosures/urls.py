"""/enclosures/"""

from django.urls import path

from desist.programme.referrals.enclosures import views

app_name = "enclosures"
urlpatterns = [
    path("<slug:ref>/", views.enclosures, name="enclosures"),
    path("<slug:ref>/<slug:file>/", views.download, name="download"),
    path("<slug:ref>/<slug:file>/remove/", views.remove, name="remove"),
]
