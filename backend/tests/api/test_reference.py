import base64
import hashlib
import re

import httpx

from sayso.api.reference import reference_page


async def test_the_calls_are_on_a_page_that_needs_nothing_from_elsewhere(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/docs")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    document = (await client.get("/api/openapi.json")).json()
    for path, methods in document["paths"].items():
        for method in methods:
            assert f"<code>{method.upper()} {path}</code>" in answer.text
    for name in document["components"]["schemas"]:
        assert f'<section id="{name}">' in answer.text
    assert set(re.findall(r'(?:src|href|action)="([^#"]+)"', answer.text)) == {"/api/openapi.json"}
    targets = set(re.findall(r'href="#([^"]+)"', answer.text))
    assert targets
    assert targets <= set(re.findall(r'id="([^"]+)"', answer.text))
    assert "<script" not in answer.text


async def test_its_policy_lets_in_its_own_style_and_nothing_else(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/docs")
    style = re.search(r"<style>(.*?)</style>", answer.text, re.S)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    policy = answer.headers["content-security-policy"]
    assert f"style-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "script" not in policy


def test_a_description_is_text() -> None:
    schema = {"type": "object", "description": "<b>x</b>", "properties": {"<i>": {"default": "<u>"}}}
    document = {"info": {"title": "T", "version": "1"}, "paths": {}, "components": {"schemas": {"A": schema}}}
    assert not re.search("<[biu]>", reference_page(document))
