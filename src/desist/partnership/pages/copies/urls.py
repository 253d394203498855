"""/copies/"""

from django.urls import path

from desist.partnership.pages.copies import views

app_name = "copies"
urlpatterns = [
    path("<slug:ref>/store/", views.store, name="store"),
    path("<slug:ref>/<slug:copy>/", views.copy, name="copy"),
]
