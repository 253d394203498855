"""/support/"""

from django.urls import path

from desist.advocacy.support import views

app_name = "support"
urlpatterns = [
    path("", views.agencies, name="agencies"),
    path("needs/<slug:ref>/refer/", views.refer, name="refer"),
    path("<slug:ref>/", views.referral, name="referral"),
    path("<slug:ref>/record/", views.record, name="record"),
    path("<slug:ref>/read/", views.read, name="read"),
    path("<slug:ref>/reply/", views.reply, name="reply"),
    path("<slug:ref>/withdraw/", views.withdraw, name="withdraw"),
]
