"""Every address of the person's own pages."""

from django.urls import path

from desist.participant import views

app_name = "mine"
urlpatterns = [
    path("", views.today, name="today"),
    path("begin/", views.begin, name="begin"),
    path("begin/<slug:code>/", views.begin, name="invited"),
    path("begin/<slug:code>", views.begin, name="invited-plain"),
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("appointments/", views.appointments, name="appointments"),
    path("homework/", views.homework, name="homework"),
    path("rights/", views.rights, name="rights"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
]
