"""/settings/"""

from django.urls import path

from desist.programme.service.settings import views

app_name = "settings"
urlpatterns = [
    path("", views.settings, name="settings"),
    path("practitioners/<slug:ref>/", views.practitioner, name="practitioner"),
    path("practitioners/<slug:ref>/enter/", views.enter, name="enter"),
    path("agencies/<slug:ref>/", views.agency, name="agency"),
]
