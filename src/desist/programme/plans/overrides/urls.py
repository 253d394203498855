"""/overrides/"""

from django.urls import path

from desist.programme.plans.overrides import views

app_name = "overrides"
urlpatterns = [
    path("<slug:ref>/decide/", views.decide, name="decide"),
    path("<slug:ref>/take-back/", views.take_back, name="take-back"),
]
