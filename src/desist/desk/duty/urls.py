"""/duty/"""

from django.urls import path

from desist.desk.duty import views

app_name = "duty"
urlpatterns = [
    path("", views.numbers, name="numbers"),
    path("add/", views.add, name="add"),
    path("<slug:ref>/end/", views.end, name="end"),
]
