"""/allocation/"""

from django.urls import path

from desist.programme.service.allocation import views

app_name = "allocation"
urlpatterns = [
    path("<slug:ref>/", views.allocate, name="allocate"),
    path("<slug:ref>/finish/", views.finish, name="finish"),
    path("<slug:ref>/hand-over/", views.hand_over, name="hand-over"),
]
