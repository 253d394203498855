"""/transfers/"""

from django.urls import path

from desist.partnership.pages.transfers import views

app_name = "transfers"
urlpatterns = [path("<slug:ref>/", views.transfer, name="transfer")]
