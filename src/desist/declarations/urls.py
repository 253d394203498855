"""/declarations/"""

from django.urls import path

from desist.declarations import views

app_name = "declarations"
urlpatterns = [
    path("", views.declarations, name="declarations"),
    path("<slug:ref>/check/", views.check, name="check"),
]
