"""/scenarios/"""

from django.urls import path

from desist.programme.risk.scenarios import views

app_name = "scenarios"
urlpatterns = [
    path("of/<slug:ref>/", views.person, name="person"),
    path("of/<slug:ref>/begin/", views.begin, name="begin"),
    path("scenario/<slug:ref>/", views.scenario, name="scenario"),
    path("scenario/<slug:ref>/change/", views.change, name="change"),
    path("<slug:ref>/", views.form, name="form"),
    path("<slug:ref>/add/", views.add, name="add"),
    path("<slug:ref>/offer/", views.offer, name="offer"),
    path("<slug:ref>/sign/", views.sign, name="sign"),
]
