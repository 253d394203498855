"""/reports/"""

from django.urls import path

from desist.programme.leaving.reports import views

app_name = "reports"
urlpatterns = [
    path("of/<slug:ref>/", views.reports, name="reports"),
    path("of/<slug:ref>/start/", views.start, name="start"),
    path("<slug:ref>/", views.report, name="report"),
    path("<slug:ref>/write/", views.write, name="write"),
    path("<slug:ref>/save/", views.save, name="save"),
    path("<slug:ref>/offer/", views.offer, name="offer"),
    path("<slug:ref>/take-back/", views.take_back, name="take-back"),
    path("<slug:ref>/sign/", views.sign, name="sign"),
    path("<slug:ref>/give-back/", views.give_back, name="give-back"),
    path("<slug:ref>/document/", views.document, name="document"),
]
