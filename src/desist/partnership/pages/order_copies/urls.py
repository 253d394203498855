"""/order-copies/"""

from django.urls import path

from desist.partnership.pages.order_copies import views

app_name = "order_copies"
urlpatterns = [
    path("<slug:ref>/store/", views.store, name="store"),
    path("<slug:ref>/<slug:copy>/", views.copy, name="copy"),
]
