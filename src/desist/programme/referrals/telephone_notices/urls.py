"""/telephone-notices/"""

from django.urls import path

from desist.programme.referrals.telephone_notices import views

app_name = "telephone_notices"
urlpatterns = [
    path("<slug:ref>/taken-back/", views.taken_back, name="taken-back"),
    path("<slug:ref>/taken-back/settle/", views.settle, name="settle"),
    path("<slug:ref>/<slug:key>/", views.change, name="change"),
]
