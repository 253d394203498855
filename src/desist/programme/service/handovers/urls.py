"""/handovers/"""

from django.urls import path

from desist.programme.service.handovers import views

app_name = "handovers"
urlpatterns = [
    path("<slug:ref>/", views.handover, name="handover"),
    path("<slug:ref>/accept/", views.accept, name="accept"),
    path("<slug:ref>/withdraw/", views.withdraw, name="withdraw"),
]
