"""/exits/"""

from django.urls import path

from desist.partnership.exits import views

app_name = "exits"
urlpatterns = [path("<slug:ref>/document/", views.document, name="document")]
