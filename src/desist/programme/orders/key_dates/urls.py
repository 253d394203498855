"""/key-dates/"""

from django.urls import path

from desist.programme.orders.key_dates import views

app_name = "key_dates"
urlpatterns = [
    path("of/<slug:ref>/", views.days, name="days"),
    path("of/<slug:ref>/add/", views.add, name="add"),
    path("<slug:ref>/change/", views.change, name="change"),
    path("<slug:ref>/remove/", views.remove, name="remove"),
]
