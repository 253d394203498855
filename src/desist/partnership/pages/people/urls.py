"""/people/"""

from django.urls import path

from desist.partnership.pages.people import views

app_name = "people"
urlpatterns = [path("<slug:ref>/", views.person, name="person")]
