"""/switchboard/"""

from django.urls import path

from desist.partnership.switchboard import views

app_name = "switchboard"
urlpatterns = [path("<slug:ref>/ask/", views.ask, name="ask")]
