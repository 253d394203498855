"""/handovers/"""

from django.urls import path

from desist.advocacy.handovers import views

app_name = "handovers"
urlpatterns = [
    path("<slug:ref>/offer/", views.offer, name="offer"),
    path("<slug:ref>/", views.answer, name="answer"),
    path("<slug:ref>/withdraw/", views.withdraw, name="withdraw"),
]
