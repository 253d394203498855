"""/disclosures/"""

from django.urls import path

from desist.programme.disclosures import views

app_name = "disclosures"
urlpatterns = [
    path("<slug:ref>/", views.disclosures, name="disclosures"),
    path("<slug:ref>/ask/", views.ask, name="ask"),
]
