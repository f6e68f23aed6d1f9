"""The API object: its routers, its errors, its description."""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from goodfaith.faces.api import (
    catalogue,
    checks,
    consents,
    deliveries,
    guides,
    inquiries,
    organisations,
    problems,
    recalls,
)


class DescribedAPI(NinjaAPI):
    """An API whose description tells its errors too."""

    def get_openapi_schema(self, **given: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**given)
        problems.describe(schema)
        return schema


api = DescribedAPI(
    title="goodfaith 诚信平台接口",
    version="1",
    description=(
        "公共信用信息平台的接口。机器客户端以 OAuth 2 客户端凭证在 `/api/oauth/token` 取得令牌；"
        "错误一律为 `application/problem+json`，写明发生了什么、怎么办。"
        "涉及自然人的接口按目的授权（scope `purpose:<目的>`），每次查询、每次拒绝都记入查询日志。"
    ),
    urls_namespace="api",
    docs_url=None,
)
problems.install(api)
api.add_router("/catalogue", catalogue.router)
api.add_router("/organisations", organisations.router)
api.add_router("/intake", deliveries.router)
api.add_router("/checks", checks.router)
api.add_router("/inquiries", inquiries.router)
api.add_router("/recalls", recalls.router)
api.add_router("", guides.router)
api.add_router("", consents.router)
