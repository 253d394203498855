"""/sent-exhibits/"""

from django.urls import path

from desist.advocacy.sent_exhibits import views

app_name = "sent_exhibits"
urlpatterns = [
    path("of/<slug:ref>/", views.send, name="send"),
    path("<slug:ref>/", views.sent, name="sent"),
    path("<slug:ref>/recall/", views.recall, name="recall"),
]
