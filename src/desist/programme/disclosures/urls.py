"""/disclosures/"""

from django.urls import path

from desist.programme.disclosures import views

app_name = "disclosures"
urlpatterns = [
    path("<slug:ref>/", views.disclosures, name="disclosures"),
    path("<slug:ref>/ask/", views.ask, name="ask"),
    path("<slug:ref>/type-in/", views.type_in, name="type-in"),
    path("<slug:ref>/type-in-refusal/", views.type_in_refusal, name="type-in-refusal"),
    path("<slug:ref>/type-in-recall/", views.type_in_recall, name="type-in-recall"),
]
