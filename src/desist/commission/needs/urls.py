"""/needs/"""

from django.urls import path

from desist.commission.needs import views

app_name = "needs"
urlpatterns = [
    path("", views.needs, name="needs"),
    path("<slug:area>/", views.area, name="area"),
]
