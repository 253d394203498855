"""/reflections/"""

from django.urls import path

from desist.programme.supervision.reflections import views

app_name = "reflections"
urlpatterns = [
    path("", views.log, name="log"),
    path("write/", views.write, name="write"),
    path("<slug:ref>/", views.entry, name="entry"),
    path("<slug:ref>/change/", views.change, name="change"),
    path("<slug:ref>/share/", views.share, name="share"),
]
