"""/moving-in/"""

from django.urls import path

from desist.moving_in import views

app_name = "moving_in"
urlpatterns = [
    path("", views.moves, name="all"),
    path("template.csv", views.template, name="template"),
    path("template.xlsx", views.workbook, name="workbook"),
    path("<slug:ref>/", views.one, name="one"),
    path("<slug:ref>/bring/", views.bring, name="bring"),
    path("<slug:ref>/take-back/", views.take_back, name="take-back"),
]
