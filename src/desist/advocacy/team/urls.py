"""/team/"""

from django.urls import path

from desist.advocacy.team import views

app_name = "team"
urlpatterns = [
    path("", views.team, name="team"),
    path("declare/", views.declare, name="declare"),
    path("register/<slug:ref>/", views.register, name="register"),
    path("advocates/<slug:ref>/", views.advocate, name="advocate"),
]
