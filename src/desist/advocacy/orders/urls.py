"""/orders/"""

from django.urls import path

from desist.advocacy.orders import views

app_name = "orders"
urlpatterns = [
    path("<slug:ref>/", views.orders, name="orders"),
    path("clearance/<slug:ref>/", views.clearance, name="clearance"),
]
