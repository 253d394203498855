"""/transfers/"""

from django.urls import path

from desist.partnership.pages.transfers import views

app_name = "transfers"
urlpatterns = [
    path("offers/<slug:ref>/", views.offer, name="offer"),
    path("<slug:ref>/", views.transfer, name="transfer"),
    path("<slug:ref>/withdraw/", views.withdraw, name="withdraw"),
    path("<slug:ref>/told/", views.told, name="told"),
]
