"""/downloads/"""

from django.urls import path

from desist.audit.downloads import views

app_name = "downloads"
urlpatterns = [
    path("", views.downloads, name="downloads"),
    path("<slug:ref>/decide/", views.decide, name="decide"),
    path("<slug:ref>/take/", views.take, name="take"),
]
