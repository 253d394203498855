"""/measures/"""

from django.urls import path

from desist.programme.measures import views

app_name = "measures"
urlpatterns = [
    path("of/<slug:ref>/", views.measures, name="measures"),
    path("of/<slug:ref>/change/", views.change, name="change"),
    path("of/<slug:ref>/<slug:instrument>/", views.take, name="take"),
    path("of/<slug:ref>/<slug:instrument>/total/", views.total, name="total"),
    path("wordings/", views.wordings, name="wordings"),
    path("<slug:ref>/", views.measure, name="measure"),
    path("<slug:ref>/safety/", views.safety, name="safety"),
    path("<slug:ref>/strike/", views.strike, name="strike"),
]
