"""/orders/"""

from django.urls import path

from desist.programme.orders import views

app_name = "orders"
urlpatterns = [
    path("of/<slug:ref>/", views.orders, name="orders"),
    path("of/<slug:ref>/type-in/", views.type_in, name="type-in"),
    path("<slug:ref>/change/", views.change, name="change"),
    path("<slug:ref>/end/", views.end, name="end"),
]
