"""/triggers/"""

from django.urls import path

from desist.programme.pages.triggers import views

app_name = "triggers"
urlpatterns = [path("<slug:ref>/", views.triggers, name="triggers")]
