"""The articles that the public pages about duties rest on. None has been compared with the official text."""

from __future__ import annotations

from goodfaith.law.basics import LegalBasis

REQUESTS = LegalBasis(
    instrument="gov-info-regulation-2019", article="第二十七条、第二十九条、第三十三条", checked="unverified",
    note="公民、法人和其他组织可以申请获取政府信息；收到申请之日起二十个工作日内答复",
)  # fmt: skip
"""For what is not published: apply for it."""
QUESTIONS = LegalBasis(
    instrument="gov-info-regulation-2019", article="第十三条、第二十七条", checked="unverified",
    note="行政机关公开政府信息，采取主动公开和依申请公开的方式；公民、法人和其他组织可以申请获取",
)  # fmt: skip
"""For a question about a duty; by when it is answered says the limit that ``answer_due`` chose."""
