"""The forms of signing in, with our words: allauth does the work, labels and hints are ours."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account_forms
from allauth.mfa.base import forms as second_factor_forms
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext_lazy as _

Words = dict[str, tuple[Any, Any]]

_LEAST = MinimumLengthValidator(min_length=12).min_length
NEW_PASSWORD_HINT = _(
    "Mindst %(least)d tegn. En sætning, kun du kender, er god og nem at huske."
) % {"least": _LEAST}


def _say(form: forms.BaseForm, words: Words) -> None:
    """Give fields our label and hint, and take allauth's placeholders away."""
    for name, (label, hint) in words.items():
        field = form.fields[name]
        field.label, field.help_text = label, hint
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)


class SignInForm(account_forms.LoginForm):
    """E-mail and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, {"login": (_("E-mail"), ""), "password": (_("Adgangskode"), "")})
        self.fields["login"].widget.attrs.update(autocomplete="username webauthn")


class ConfirmPasswordForm(account_forms.ReauthenticateForm):
    """The password once more, before something important is changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, {"password": (_("Adgangskode"), "")})


class ChangePasswordForm(account_forms.ChangePasswordForm):
    """The old password and a new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(
            self,
            {
                "oldpassword": (_("Nuværende adgangskode"), ""),
                "password1": (_("Ny adgangskode"), NEW_PASSWORD_HINT),
                "password2": (_("Ny adgangskode igen"), ""),
            },
        )


class SetPasswordForm(account_forms.SetPasswordForm):
    """A first password for an account without one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(
            self,
            {
                "password1": (_("Adgangskode"), NEW_PASSWORD_HINT),
                "password2": (_("Adgangskode igen"), ""),
            },
        )


class ForgottenPasswordForm(account_forms.ResetPasswordForm):
    """The address a link to a new password is sent to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, {"email": (_("E-mail"), _("Den adresse, du logger ind med."))})


class NewPasswordForm(account_forms.ResetPasswordKeyForm):
    """A new password, reached by the link in the mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(
            self,
            {
                "password1": (_("Ny adgangskode"), NEW_PASSWORD_HINT),
                "password2": (_("Ny adgangskode igen"), ""),
            },
        )


_CODE: Words = {"code": (_("Kode"), _("De seks cifre fra din app, eller en af dine reservekoder."))}


class SecondFactorForm(second_factor_forms.AuthenticateForm):
    """A code from the app, or a spare one, at sign-in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, _CODE)


class ConfirmSecondFactorForm(second_factor_forms.ReauthenticateForm):
    """A code once more, before something important is changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, _CODE)


class ActivateAppForm(ActivateTOTPForm):
    """The first code of a new app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, {"code": (_("Kode fra appen"), _("De seks cifre, appen viser nu."))})
        self.fields["code"].widget.attrs.update(inputmode="numeric")


class AddPasskeyForm(AddWebAuthnForm):
    """The name of a new passkey; it can always sign in alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True
        _say(
            self,
            {
                "name": (_("Navn"), _("Så du kan kende den igen, for eksempel »Min telefon«.")),
                "passwordless": (
                    _("Log ind med nøglen alene"),
                    _(
                        "Så behøver du ikke skrive adgangskoden. "
                        "Nøglen beder om finger, ansigt eller pinkode."
                    ),
                ),
            },
        )


class RenamePasskeyForm(EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, {"name": (_("Navn"), "")})
