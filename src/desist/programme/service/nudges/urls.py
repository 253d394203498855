"""/nudges/"""

from django.urls import path

from desist.programme.service.nudges import views

app_name = "nudges"
urlpatterns = [
    path("", views.own, name="own"),
    path("failing/", views.failing, name="failing"),
]
