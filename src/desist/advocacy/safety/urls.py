"""/safety/"""

from django.urls import path

from desist.advocacy.safety import views

app_name = "safety"
urlpatterns = [
    path("needs/<slug:ref>/settle/", views.settle, name="settle"),
    path("needs/<slug:ref>/support/", views.support, name="support"),
    path("supports/<slug:ref>/outcome/", views.outcome, name="outcome"),
    path("children/<slug:ref>/change/", views.child, name="child"),
    path("children/<slug:ref>/end/", views.end_child, name="end-child"),
    path("<slug:ref>/plan/", views.plan, name="plan"),
    path("<slug:ref>/needs/", views.needs, name="needs"),
    path("<slug:ref>/choices/", views.choices, name="choices"),
    path("<slug:ref>/children/", views.children, name="children"),
    path("<slug:ref>/notes/", views.notes, name="notes"),
]
