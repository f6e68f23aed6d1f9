"""The API object: its routers, its errors, its description."""

from __future__ import annotations

from ninja import NinjaAPI

from goodfaith.faces.api import catalogue, deliveries, organisations, problems

api = NinjaAPI(
    title="goodfaith 诚信平台接口",
    version="1",
    description=(
        "公共信用信息平台的接口。机器客户端以 OAuth 2 客户端凭证在 `/api/oauth/token` 取得令牌；"
        "错误一律为 `application/problem+json`，写明发生了什么、怎么办。自然人的档案不在这里开放。"
    ),
    urls_namespace="api",
    docs_url=None,
)
problems.install(api)
api.add_router("/catalogue", catalogue.router)
api.add_router("/organisations", organisations.router)
api.add_router("/intake", deliveries.router)
