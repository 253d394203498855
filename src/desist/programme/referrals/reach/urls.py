"""/reach/"""

from django.urls import path

from desist.programme.referrals.reach import views

app_name = "reach"
urlpatterns = [
    path("<slug:ref>/", views.change, name="change"),
]
