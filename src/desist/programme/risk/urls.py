"""/risk/"""

from django.urls import path

from desist.programme.risk import views

app_name = "risk"
urlpatterns = [
    path("", views.reviews, name="reviews"),
    path("<slug:ref>/", views.risk, name="risk"),
    path("<slug:ref>/record/", views.record, name="record"),
    path("<slug:ref>/strike/", views.strike, name="strike"),
    path("<slug:ref>/note/", views.note, name="note"),
    path("<slug:ref>/type/", views.type_, name="type"),
    path("<slug:ref>/end/", views.end, name="end"),
]
