"""/orders/"""

from django.urls import path

from desist.partnership.pages.order import views

app_name = "orders"
urlpatterns = [
    path("", views.orders, name="orders"),
    path("start/", views.start, name="start"),
    path("due/", views.due, name="due"),
    path("<slug:ref>/", views.order, name="order"),
    path("<slug:ref>/interim/", views.interim, name="interim"),
    path("<slug:ref>/protect/", views.protect, name="protect"),
    path("<slug:ref>/programme/", views.programme, name="programme"),
    path("<slug:ref>/<slug:key>/", views.step, name="step"),
]
