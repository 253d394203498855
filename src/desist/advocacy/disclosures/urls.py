"""/disclosures/"""

from django.urls import path

from desist.advocacy.disclosures import views

app_name = "disclosures"
urlpatterns = [
    path("one/<slug:ref>/", views.disclosure, name="disclosure"),
    path("one/<slug:ref>/write/", views.write, name="write"),
    path("one/<slug:ref>/approve/", views.approve, name="approve"),
    path("one/<slug:ref>/drop/", views.drop, name="drop"),
    path("one/<slug:ref>/recall/", views.recall, name="recall"),
    path("<slug:ref>/", views.disclosures, name="disclosures"),
    path("<slug:ref>/start/", views.start, name="start"),
]
