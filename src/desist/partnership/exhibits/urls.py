"""/exhibits/"""

from django.urls import path

from desist.partnership.exhibits import views

app_name = "exhibits"
urlpatterns = [
    path("<slug:ref>/", views.exhibit, name="exhibit"),
    path("<slug:ref>/ask/", views.ask, name="ask"),
    path("<slug:ref>/save/", views.save, name="save"),
]
