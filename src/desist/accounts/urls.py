"""/account/"""

from django.urls import path

from desist.accounts import people, views
from desist.accounts.alerts import views as alerts
from desist.accounts.areas import views as areas
from desist.accounts.entrance import views as entrance
from desist.accounts.factors import views as factors
from desist.accounts.invitations import administration
from desist.accounts.invitations import views as invitations
from desist.accounts.likeness import views as likeness
from desist.accounts.nudges import views as nudges
from desist.accounts.provider import views as provider

app_name = "accounts"
urlpatterns = [
    path("", views.account, name="account"),
    path("service/", views.service, name="service"),
    path("sign-in/", entrance.sign_in, name="sign-in"),
    path("sign-in/password/", entrance.sign_in_password, name="sign-in-password"),
    path("recover/", entrance.recover, name="recover"),
    path("provider/", provider.provider, name="provider"),
    path("provider/back/", provider.provider_back, name="provider-back"),
    path("accept/<str:token>/", invitations.accept, name="accept"),
    path("accept/<str:token>/password/", invitations.accept_password, name="accept-password"),
    path("accept/<str:token>/code/", invitations.accept_code, name="accept-code"),
    path("exit/", views.leave, name="exit"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("sign-ins/<str:ref>/end/", views.end_sign_in, name="end-sign-in"),
    path("lock/", entrance.lock_page, name="lock"),
    path("confirm/", entrance.confirm, name="confirm"),
    path("codes/", factors.codes, name="codes"),
    path("codes/new/", factors.new_codes, name="new-codes"),
    path("passkeys/add/", factors.add_passkey, name="add-passkey"),
    path("passkeys/<str:ref>/remove/", factors.remove_passkey, name="remove-passkey"),
    path("authenticator/password/", factors.set_password, name="set-password"),
    path("authenticator/code/", factors.set_authenticator, name="set-authenticator"),
    path("authenticator/remove/", factors.remove_authenticator, name="remove-authenticator"),
    path("policy-report/", views.policy_report, name="policy-report"),
    path("here/", views.here, name="here"),
    path("role/", views.role, name="role"),
    path("emails/", nudges.own, name="emails"),
    path("emails/not-sent/", nudges.failing, name="emails-not-sent"),
    path("alerts/", alerts.alerts, name="alerts"),
    path("alerts/<str:ref>/", alerts.close, name="close-alert"),
    path("areas/", areas.areas, name="areas"),
    path("areas/add/", areas.add_area, name="add-area"),
    path("areas/<str:ref>/rename/", areas.rename_area, name="rename-area"),
    path("people/", people.people, name="people"),
    path("people/invite/", administration.invite, name="invite"),
    path("people/apart/<str:ref>/confirm/", likeness.confirm_apart, name="confirm-apart"),
    path("people/apart/<str:ref>/end/", likeness.end_apart, name="end-apart"),
    path("people/<str:ref>/apart/<str:other>/", likeness.tell_apart, name="tell-apart"),
    path("people/<str:ref>/", people.person, name="person"),
    path("people/<str:ref>/give-role/", people.give_role, name="give-role"),
    path("people/<str:ref>/roles/<str:grant>/end/", people.end_role, name="end-role"),
    path("people/<str:ref>/leave/", people.leave, name="leave"),
    path("people/<str:ref>/link/", administration.link, name="link"),
    path("people/<str:ref>/invite-again/", administration.invite_again, name="invite-again"),
    path("people/<str:ref>/reset/", administration.reset, name="reset"),
    path(
        "people/<str:ref>/invitations/<str:invitation>/cancel/",
        administration.cancel_invitation,
        name="cancel-invitation",
    ),
]
