"""/grants/"""

from django.urls import path

from desist.commission.grants import views

app_name = "grants"
urlpatterns = [
    path("", views.grants, name="grants"),
    path("enter/", views.enter, name="enter"),
    path("<slug:ref>/remove/", views.remove, name="remove"),
]
