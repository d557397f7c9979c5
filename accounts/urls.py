"""Addresses of the accounts room; sign-in itself is allauth's, under /accounts/."""

from django.urls import path

from accounts.views import demo, invited, own

app_name = "accounts"
urlpatterns = [
    path("account/", own.Account.as_view(), name="account"),
    path("invitations/<str:token>/", invited.Invited.as_view(), name="invitation"),
    path("invitations/<str:token>/ask/", invited.AskForCode.as_view(), name="invitation_ask"),
    path("invitations/<str:token>/code/", invited.EnterCode.as_view(), name="invitation_code"),
    path(
        "invitations/<str:token>/fresh/", invited.SendFreshLink.as_view(), name="invitation_fresh"
    ),
    path("demo/", demo.Personas.as_view(), name="personas"),
    path("demo/mail/", demo.Mail.as_view(), name="mail"),
    path("demo/<str:user__reference>/sign-in/", demo.SignInAs.as_view(), name="sign_in_as"),
]
