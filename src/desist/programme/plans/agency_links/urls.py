"""/agency-links/"""

from django.urls import path

from desist.programme.plans.agency_links import views

app_name = "agency_links"
urlpatterns = [
    path("<slug:ref>/make/", views.make, name="make"),
    path("<slug:ref>/made/", views.made, name="made"),
    path("<slug:ref>/revoke/", views.revoke, name="revoke"),
]
