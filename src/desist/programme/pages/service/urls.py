"""/service/"""

from django.urls import path

from desist.programme.pages.service import views

app_name = "service"
urlpatterns = [path("", views.service, name="service")]
