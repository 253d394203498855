"""/vault/"""

from django.urls import path

from desist.advocacy.pages.vault import views

app_name = "vault"
urlpatterns = [
    path("allow/", views.allow, name="allow"),
    path("locators/<slug:ref>/reveal/", views.reveal, name="reveal"),
    path("locators/<slug:ref>/post/", views.post, name="post"),
    path("locators/<slug:ref>/end/", views.end, name="end"),
    path("<slug:ref>/", views.locators, name="locators"),
    path("<slug:ref>/keep/", views.keep, name="keep"),
    path("<slug:ref>/destroy/", views.destroy, name="destroy"),
]
