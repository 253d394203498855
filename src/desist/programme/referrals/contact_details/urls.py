"""/contact-details/"""

from django.urls import path

from desist.programme.referrals.contact_details import views

app_name = "contact_details"
urlpatterns = [
    path("<slug:ref>/", views.change, name="change"),
]
