"""/referrals/"""

from django.urls import path

from desist.programme.referrals import views

app_name = "referrals"
urlpatterns = [
    path("", views.referrals, name="referrals"),
    path("<slug:ref>/", views.referral, name="referral"),
    path("<slug:ref>/read/", views.read, name="read"),
    path("of/<slug:ref>/", views.person, name="person"),
]
