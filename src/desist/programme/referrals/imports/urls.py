"""/imports/"""

from django.urls import path

from desist.programme.referrals.imports import views

app_name = "imports"
urlpatterns = [
    path("", views.table, name="table"),
    path("template.csv", views.template, name="template"),
    path("columns.csv", views.columns, name="columns"),
]
