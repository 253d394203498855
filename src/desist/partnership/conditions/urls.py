"""/conditions/"""

from django.urls import path

from desist.partnership.conditions import views

app_name = "conditions"
urlpatterns = [
    path("<slug:ref>/add/", views.add, name="add"),
    path("<slug:ref>/<slug:condition>/change/", views.change, name="change"),
    path("<slug:ref>/<slug:condition>/remove/", views.remove, name="remove"),
]
