"""Citizens whom an identity provider recognises: an account bound to the file of that ID number, if there is one."""

from __future__ import annotations

import datetime as dt

from django.db import connection, transaction
from django.utils.translation import gettext as _

from goodfaith.common import crypto
from goodfaith.common.problems import Problem
from goodfaith.parties.models import User


@transaction.atomic
def do_register_citizen(*, at: dt.datetime, provider: str, uid: str, number: str, masked_name: str) -> User:
    """The account of this citizen, made or bound when it is not yet; a new bond leaves a ledger entry.

    ``number``: the ID number in its 18-digit form; only its keyed digest goes to the database. Problem
    ``other_person`` when the account is already bound to the file of another number.
    """
    key = crypto.index_key("id_number", number)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM account.register_citizen(%s, %s, %s, %s)", [provider, uid, key, masked_name])
        refusal, user = cursor.fetchone()
    if refusal:
        raise Problem(
            refusal, _("这个账号已经与另一个号码的档案绑定。"), _("请到信用主管部门窗口核对身份。"), status=403
        )
    return User.objects.get(pk=user)
