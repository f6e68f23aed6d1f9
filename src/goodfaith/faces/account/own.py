"""One's own account: password, second factors, sessions, notices."""

from __future__ import annotations

from typing import Any, cast

from allauth.account.views import password_change
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from allauth.usersessions.internal.flows.sessions import end_sessions
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goodfaith.common import clock
from goodfaith.faces.account.forms import NoticesForm
from goodfaith.parties import log_ins, second_factor
from goodfaith.parties.marks import SECOND
from goodfaith.parties.models import User


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What one's account has, and where to change it."""
    kinds = set(Authenticator.objects.filter(user_id=request.user.pk).values_list("type", flat=True))
    sessions = UserSession.objects.filter(user_id=request.user.pk).count()
    return render(request, "account/home.html", {"kinds": kinds, "session_count": sessions})


@login_required
@require_safe
def set_up(request: HttpRequest) -> HttpResponse:
    """Where an officer without a second factor lands: why, and which there are."""
    if request.session.get(SECOND):
        return redirect("mfa_index")
    return render(request, "account/set_up.html", {"passkeys_work": second_factor.passkeys_work()})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: HttpRequest) -> HttpResponse:
    """Where the platform tells that somebody looked; an officer, what the unit's duties are waiting for."""
    user = cast(User, request.user)
    known = {"email": user.email, "phone": user.phone, "notify_email": user.notify_email}
    form = NoticesForm(request.POST or None, initial=known, officer=user.kind == "officer")
    if request.method == "POST" and form.is_valid():
        log_ins.do_set_notices(at=clock.now(), user=user, **{"phone": user.phone} | form.cleaned_data)
        messages.success(request, _("通知方式已保存。"))
        return redirect("account")
    return render(request, "account/notices.html", {"form": form})


@login_required
@require_safe
def no_file(request: HttpRequest) -> HttpResponse:
    """A citizen about whom nothing is registered."""
    return render(request, "account/no_file.html")


@login_required
def password(request: HttpRequest) -> HttpResponse:
    """A new password; an account that only comes by an identity provider has none to change."""
    if not cast(User, request.user).has_usable_password():
        return redirect("account")
    answer: HttpResponse = password_change(request)
    if answer.status_code == 302:
        messages.success(request, _("密码已修改。其他设备上的登录已经结束。"))
        return redirect("account")
    return answer


class RemovePasskey(RemoveWebAuthnView):
    """Removing a passkey, but not an officer's last second factor."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Remove it, or say why not."""
        if not get_adapter().can_delete_authenticator(self.get_object()):
            messages.error(self.request, str(get_adapter().error_messages["cannot_delete_authenticator"]))
            return redirect("mfa_list_webauthn")
        answer: HttpResponse = super().form_valid(form)
        return answer


remove_passkey = RemovePasskey.as_view()


@login_required
@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of one's own sessions, at once."""
    session = UserSession.objects.filter(user_id=request.user.pk, pk=pk).first()
    if session is None:
        raise Http404
    here = session.is_current()
    end_sessions(request, [session])
    log_ins.do_note(at=clock.now(), event="login.ended", username=session.user.username)
    if here:
        return redirect("log_in")
    messages.success(request, _("那次登录已经结束。"))
    return redirect("usersessions_list")
