"""/coping/"""

from django.urls import path

from desist.programme.plans.coping import views

app_name = "coping"
urlpatterns = [
    path("<slug:ref>/", views.plan, name="plan"),
    path("<slug:ref>/write/", views.write, name="write"),
    path("<slug:ref>/shared/", views.shared, name="shared"),
]
