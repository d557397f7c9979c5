"""Where allauth asks how this portal does things."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """The portal's own mails and addresses."""
