"""/extracts/"""

from django.urls import path

from desist.commission.extracts import views

app_name = "extracts"
urlpatterns = [
    path("", views.extracts, name="all"),
    path("<slug:ref>/", views.one, name="extract"),
    path("<slug:ref>/file/<slug:which>/", views.file, name="file"),
    path("<slug:ref>/study/", views.study, name="study"),
    path("studies/<slug:ref>/made/", views.made, name="made"),
    path("studies/<slug:ref>/<str:which>", views.annex, name="annex"),
]
