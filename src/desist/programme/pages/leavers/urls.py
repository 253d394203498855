"""/leavers/"""

from django.urls import path

from desist.programme.pages.leavers import views

app_name = "leavers"
urlpatterns = [
    path("", views.leavers, name="leavers"),
    path("file/", views.file, name="file"),
]
