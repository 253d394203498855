"""/disclosures/"""

from django.urls import path

from desist.partnership.disclosures import views

app_name = "disclosures"
urlpatterns = [
    path("", views.disclosures, name="disclosures"),
    path("about/<slug:ref>/", views.start, name="start"),
    path("requests/<slug:ref>/", views.answer, name="answer"),
    path("requests/<slug:ref>/refuse/", views.refuse_request, name="refuse-request"),
    path("<slug:ref>/", views.disclosure, name="disclosure"),
    path("<slug:ref>/write/", views.write, name="write"),
    path("<slug:ref>/approve/", views.approve, name="approve"),
    path("<slug:ref>/pass-on/", views.pass_on, name="pass-on"),
    path("<slug:ref>/refuse/", views.refuse, name="refuse"),
    path("<slug:ref>/drop/", views.drop, name="drop"),
    path("<slug:ref>/recall/", views.recall, name="recall"),
    path("<slug:ref>/received/", views.received, name="received"),
    path("<slug:ref>/print/", views.printed, name="print"),
]
