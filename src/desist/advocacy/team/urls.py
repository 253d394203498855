"""/team/"""

from django.urls import path

from desist.advocacy.team import views

app_name = "team"
urlpatterns = [
    path("", views.team, name="team"),
    path("declare/", views.declare, name="declare"),
]
