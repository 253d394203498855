"""/applications/"""

from django.urls import path

from desist.partnership.pages.applications import views

app_name = "applications"
urlpatterns = [
    path("<slug:ref>/file/", views.file, name="file"),
    path("<slug:ref>/<slug:application>/decide/", views.decide, name="decide"),
    path("<slug:ref>/<slug:application>/settle/", views.settle, name="settle"),
    path("<slug:ref>/<slug:application>/serve/", views.serve, name="serve"),
]
