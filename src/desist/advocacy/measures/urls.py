"""/measures/"""

from django.urls import path

from desist.advocacy.measures import views

app_name = "measures"
urlpatterns = [
    path("one/<slug:ref>/", views.measure, name="measure"),
    path("of/<slug:ref>/", views.measures, name="measures"),
    path("of/<slug:ref>/<slug:instrument>/", views.take, name="take"),
    path("of/<slug:ref>/<slug:instrument>/total/", views.total, name="total"),
]
