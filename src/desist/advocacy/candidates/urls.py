"""/candidates/"""

from django.urls import path

from desist.advocacy.candidates import views

app_name = "candidates"
urlpatterns = [
    path("one/<slug:ref>/", views.candidate, name="candidate"),
    path("<slug:ref>/", views.candidates, name="candidates"),
]
