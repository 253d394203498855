"""/releases/"""

from django.urls import path

from desist.partnership.releases import views

app_name = "releases"
urlpatterns = [
    path("of/<slug:ref>/", views.ask, name="ask"),
    path("<slug:ref>/", views.decide, name="decide"),
    path("<slug:ref>/go-on/", views.go_on, name="go-on"),
]
