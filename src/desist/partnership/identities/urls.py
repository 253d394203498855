"""/identities/"""

from django.urls import path

from desist.partnership.identities import views

app_name = "identities"
urlpatterns = [
    path("", views.decisions, name="decisions"),
    path("decide/", views.decide, name="decide"),
    path("<slug:ref>/told/", views.told, name="told"),
]
