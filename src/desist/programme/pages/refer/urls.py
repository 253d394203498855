"""/refer/"""

from django.urls import path

from desist.programme.pages.refer import views

app_name = "refer"
urlpatterns = [
    path("", views.services, name="services"),
    path("<slug:door>/person/", views.person, name="person"),
    path("<slug:door>/myself/", views.myself, name="myself"),
]
