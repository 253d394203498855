"""/account/"""

from django.urls import path

from desist.accounts import people, views

app_name = "accounts"
urlpatterns = [
    path("", views.account, name="account"),
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("sign-ins/<str:ref>/end/", views.end_sign_in, name="end-sign-in"),
    path("lock/", views.lock_page, name="lock"),
    path("here/", views.here, name="here"),
    path("role/", views.role, name="role"),
    path("people/", people.people, name="people"),
    path("people/<str:ref>/", people.person, name="person"),
    path("people/<str:ref>/give-role/", people.give_role, name="give-role"),
    path("people/<str:ref>/roles/<str:grant>/end/", people.end_role, name="end-role"),
    path("people/<str:ref>/leave/", people.leave, name="leave"),
]
