"""/team/"""

from django.urls import path

from desist.programme.team import views

app_name = "team"
urlpatterns = [
    path("", views.team, name="team"),
    path("links/", views.links, name="links"),
    path("links/declare/", views.declare, name="declare"),
    path("links/<slug:ref>/end/", views.end_link, name="end-link"),
    path("<slug:ref>/", views.practitioner, name="practitioner"),
]
