"""An OpenID Connect provider on loopback: `python oidc_provider.py`. It signs in whoever comes, and errs as it is told.

`POST /err {"as": "..."}` says how it errs from then on; `POST /claims {...}` what its ID tokens say beside the rest.
"""

import base64
import hashlib
import hmac
import json
import secrets
import socket
import sys
import time
from typing import Any
from urllib.parse import parse_qsl, urlencode

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, RedirectResponse
from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "sayso", "the client's own secret"


class Provider:
    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.errs = ""
        self.claims: dict[str, Any] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self.turn_keys()

    def turn_keys(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": secrets.token_hex(4), "use": "sig", "alg": "RS256"})

    def id_token(self, nonce: str) -> str:
        now = int(time.time())
        claims: dict[str, Any] = {
            **{"iss": self.issuer, "aud": CLIENT, "sub": "ada-1", "iat": now, "exp": now + 300, "nonce": nonce},
            **{"preferred_username": "ada", "groups": ["Legal"]},
            **self.claims,
        }
        claims |= wrong(self.errs, now)
        if self.errs == "no nonce":
            del claims["nonce"]
        if self.errs == "no signature":
            return unsigned(claims)
        if self.errs == "client secret":
            return symmetric(claims)
        key = RSAKey.generate_key(2048) if self.errs == "signature" else self.key
        return jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, key)


def wrong(how: str, now: int) -> dict[str, Any]:
    """Claims that are not as they should be, or nearly not."""
    claims: dict[str, dict[str, Any]] = {
        "issuer": {"iss": "https://evil.example"},
        "nonce": {"nonce": "another"},
        "audience": {"aud": "another"},
        "audiences": {"aud": [CLIENT, "another"]},
        "expired": {"iat": now - 600, "exp": now - 300},
        "early": {"iat": now + 300},
        "slow clock": {"iat": now + 40},
        "fast clock": {"iat": now - 400, "exp": now - 40},
    }
    return claims.get(how, {})


def part(value: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def unsigned(claims: dict[str, Any]) -> str:
    return f"{part({'alg': 'none'})}.{part(claims)}."


def symmetric(claims: dict[str, Any]) -> str:
    """Signed with what the client knows too, which says nothing of the provider."""
    head = f"{part({'alg': 'HS256'})}.{part(claims)}"
    signature = hmac.new(SECRET.encode(), head.encode(), hashlib.sha256).digest()
    return f"{head}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"


def application(provider: Provider) -> FastAPI:
    app = FastAPI()

    @app.get("/.well-known/openid-configuration")
    async def describe() -> dict[str, Any]:
        issuer = provider.issuer
        return {
            "issuer": "https://evil.example" if provider.errs == "metadata" else issuer,
            "authorization_endpoint": f"{issuer}/authorize",
            "token_endpoint": f"{issuer}/token",
            "jwks_uri": f"{issuer}/jwks",
        }

    @app.get("/jwks")
    async def keys() -> dict[str, Any]:
        return {"keys": [provider.key.as_dict(private=False)]}

    @app.get("/authorize")
    async def authorize(request: Request) -> RedirectResponse:
        asked = dict(request.query_params)
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT
        assert asked["code_challenge_method"] == "S256"
        assert "openid" in asked["scope"].split()
        answer = {"state": "another" if provider.errs == "state" else asked["state"]}
        if provider.errs == "denied":
            answer["error"] = "access_denied"
        else:
            answer["code"] = secrets.token_urlsafe(16)
            provider.codes[answer["code"]] = asked
        if provider.errs == "mixed up":
            answer["iss"] = "https://evil.example"
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode(answer)}", 302)

    return app


def add_token(app: FastAPI, provider: Provider) -> None:
    @app.post("/token")
    async def exchange(request: Request) -> JSONResponse:
        given = dict(parse_qsl((await request.body()).decode()))
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        asked = provider.codes.pop(given["code"], None)
        proof = base64.urlsafe_b64encode(hashlib.sha256(given["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        if request.headers["authorization"] != f"Basic {basic}" or asked is None or proof != asked["code_challenge"]:
            return JSONResponse({"error": "invalid_grant"}, 400)
        if asked["redirect_uri"] != given["redirect_uri"]:
            return JSONResponse({"error": "invalid_grant"}, 400)
        if provider.errs == "no token":
            return JSONResponse({"access_token": "a", "token_type": "Bearer"})
        token = provider.id_token(asked["nonce"])
        return JSONResponse({"access_token": "a", "token_type": "Bearer", "id_token": token})


def add_control(app: FastAPI, provider: Provider) -> None:
    @app.post("/err")
    async def err(body: dict[str, str]) -> None:
        provider.errs = body["as"]
        if body["as"] == "new keys":
            provider.turn_keys()

    @app.post("/claims")
    async def say(body: dict[str, Any]) -> None:
        provider.claims = body


if __name__ == "__main__":
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        issuer = f"http://127.0.0.1:{listener.getsockname()[1]}"
        listener.listen()
        sys.stdout.write(f"answers at {issuer}\n")
        sys.stdout.flush()
        provider = Provider(issuer)
        app = application(provider)
        add_token(app, provider)
        add_control(app, provider)
        uvicorn.Server(uvicorn.Config(app, log_level="error")).run(sockets=[listener])
