"""/feedback/"""

from django.urls import path

from desist.programme.sessions.feedback import views

app_name = "feedback"
urlpatterns = [path("<slug:ref>/", views.trend, name="trend")]
