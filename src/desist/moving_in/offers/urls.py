"""/moving-in/offers/"""

from django.urls import path

from desist.moving_in.offers import views

app_name = "offers"
urlpatterns = [
    path("of/<slug:ref>/", views.offer, name="offer"),
    path("<slug:ref>/", views.answer, name="answer"),
    path("<slug:ref>/withdraw/", views.withdraw, name="withdraw"),
]
