"""Addresses of the accounts room; sign-in itself is allauth's, under /accounts/."""

from django.urls import path

from accounts.views import demo, invited, messages, own, receipts

app_name = "accounts"
urlpatterns = [
    path("account/", own.Account.as_view(), name="account"),
    path("invitations/<str:token>/", invited.Invited.as_view(), name="invitation"),
    path("invitations/<str:token>/ask/", invited.AskForCode.as_view(), name="invitation_ask"),
    path("invitations/<str:token>/code/", invited.EnterCode.as_view(), name="invitation_code"),
    path(
        "invitations/<str:token>/fresh/", invited.SendFreshLink.as_view(), name="invitation_fresh"
    ),
    path("mail/", messages.Messages.as_view(), name="messages"),
    path("mail/receipts/", receipts.MailReceipt.as_view(), name="mail_receipt"),
    path("mail/given-up/", messages.DeadLetters.as_view(), name="dead_letters"),
    path("mail/given-up/<str:key>/try-again/", messages.Revive.as_view(), name="revive"),
    path("mail/templates/", messages.MailTemplates.as_view(), name="mail_templates"),
    path("mail/templates/<path:template>/", messages.MailTemplate.as_view(), name="mail_template"),
    path("mail/<str:reference>/", messages.Message.as_view(), name="message"),
    path(
        "mail/<str:reference>/try-again/",
        messages.TryMailAgain.as_view(),
        name="try_mail_again",
    ),
    path("demo/", demo.Personas.as_view(), name="personas"),
    path("demo/mail/", demo.Mail.as_view(), name="mail"),
    path("demo/<str:user__reference>/sign-in/", demo.SignInAs.as_view(), name="sign_in_as"),
]
