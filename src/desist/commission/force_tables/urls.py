"""/force-tables/"""

from django.urls import path

from desist.commission.force_tables import views

app_name = "force_tables"
urlpatterns = [
    path("", views.tables, name="tables"),
    path("enter/", views.enter, name="enter"),
    path("<slug:ref>/remove/", views.remove, name="remove"),
]
