"""/between/"""

from django.urls import path

from desist.programme.plans.between import views

app_name = "between"
urlpatterns = [path("<slug:ref>/", views.choose, name="choose")]
