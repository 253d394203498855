"""/guest/"""

from django.urls import path

from desist.partnership.panels.guest import views

app_name = "guest"
urlpatterns = [path("<str:token>/", views.read, name="read")]
