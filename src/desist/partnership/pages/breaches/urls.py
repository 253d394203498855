"""/breaches/"""

from django.urls import path

from desist.partnership.pages.breaches import views

app_name = "breaches"
urlpatterns = [
    path("<slug:ref>/", views.case, name="case"),
    path("<slug:ref>/record/", views.record, name="record"),
    path("<slug:ref>/<slug:breach>/", views.breach, name="breach"),
    path("<slug:ref>/<slug:breach>/follow/", views.follow, name="follow"),
]
