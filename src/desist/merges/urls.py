"""/merges/"""

from django.urls import path

from desist.merges import views

app_name = "merges"
urlpatterns = [
    path("", views.merges, name="merges"),
    path("<slug:ref>/", views.merge, name="merge"),
    path("<slug:ref>/withdraw/", views.withdraw, name="withdraw"),
    path("<slug:ref>/split/", views.split, name="split"),
    path("<slug:first>/with/<slug:second>/", views.compare, name="compare"),
]
