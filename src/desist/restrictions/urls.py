"""/restrictions/"""

from django.urls import path

from desist.restrictions import views
from desist.restrictions.emergency import views as emergency

app_name = "restrictions"
urlpatterns = [
    path("", views.restrictions, name="restrictions"),
    path("restrict/", views.restrict, name="restrict"),
    path("keep-from/", views.keep_from, name="keep-from"),
    path("ask/", views.ask, name="ask"),
    path("reviewer/", views.reviewer, name="reviewer"),
    path("emergency/", emergency.emergency, name="emergency"),
    path("emergency/end/", emergency.end, name="end-emergency"),
    path("<slug:ref>/", views.restriction, name="restriction"),
    path("<slug:ref>/end/", views.end, name="end"),
]
