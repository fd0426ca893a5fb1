"""Signing in through an OpenID Connect provider: authorization code with PKCE, and an ID token that is checked."""

import hmac
import json
import logging
import secrets
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

import httpx
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization

from sayso.engine.clock import now
from sayso.people.actor import Role
from sayso.people.person import Person, checked_name
from sayso.people.secrets import NewSecret, SecretKind, id_of, is_secret, new_secret
from sayso.settings import Settings
from sayso.storage.store import Store

log = logging.getLogger("sayso.api")

FLOW_LASTS = timedelta(minutes=10)
LEEWAY = 60
"""Seconds by which the clocks of two machines may differ."""
SECONDS = 10.0
"""Longest wait for the provider."""
KEEP = 3_600.0
"""Seconds for which what a provider says of itself is kept."""
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures with a key that only the provider has. None that a client secret could make, and never none at all."""
SCOPE = "openid profile email"


class SignInRefused(Exception):
    """The provider did not vouch for anybody. The message is for the log; it holds no secret."""


@dataclass(frozen=True)
class _Metadata:
    read_at: float
    authorization: str
    token: str
    jwks: str


class Provider:
    """The provider of `SAYSO_OIDC_ISSUER`."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self._settings = settings
        self._store = store
        self._issuer = settings.oidc_issuer or ""
        self._metadata: _Metadata | None = None
        self._keys: KeySet | None = None

    async def begin(self, next: str) -> tuple[str, NewSecret]:
        """Where the browser is to go, and what it has to come back with.

        Raises:
            SignInRefused: the provider cannot be asked.
        """
        metadata = await self._described()
        state, nonce, verifier = (secrets.token_urlsafe(48) for _ in range(3))
        async with self._client() as client:
            url, _ = client.create_authorization_url(
                metadata.authorization, state=state, nonce=nonce, code_verifier=verifier
            )
        flow, at = new_secret(), now()
        data = json.dumps({"state": state, "nonce": nonce, "verifier": verifier, "next": next})
        await self._store.add_secret(flow, SecretKind.FLOW, None, at=at, expires_at=at + FLOW_LASTS, data=data)
        return url, flow

    async def finish(self, flow: str, answer: dict[str, str]) -> tuple[Person, str]:
        """Who came back from the provider, and where to go on to.

        Args:
            flow: what `begin` gave the browser.
            answer: the parameters of the provider's redirect.

        Raises:
            SignInRefused: it is not what was begun, or the provider's word is not good.
        """
        begun = await self._begun(flow, answer.get("state", ""))
        if "error" in answer:
            raise SignInRefused(f"the provider said {answer['error'][:100]!r}")
        # RFC 9207: of several providers, the one that was asked.
        if answer.get("iss", self._issuer) != self._issuer:
            raise SignInRefused("another provider answered")
        token = await self._exchanged(answer.get("code", ""), begun["verifier"])
        claims = await self._checked(str(token.get("id_token", "")), begun["nonce"])
        return await self._person(claims), str(begun["next"])

    async def _begun(self, flow: str, state: str) -> dict[str, Any]:
        id = id_of(flow)
        found = await self._store.secret(id) if id else None
        if found is None or found[0].kind is not SecretKind.FLOW or not is_secret(flow, found[0].hash):
            raise SignInRefused("this browser has begun nothing")
        if not found[0].lives(now()) or not await self._store.use_up(found[0].id, now()):
            raise SignInRefused("it took too long, or was done already")
        begun: dict[str, Any] = json.loads(found[0].data)
        if not hmac.compare_digest(str(begun["state"]).encode(), state.encode()):
            raise SignInRefused("the state is another one")
        return begun

    async def _exchanged(self, code: str, verifier: str) -> dict[str, Any]:
        metadata = await self._described()
        try:
            async with self._client() as client:
                token: dict[str, Any] = await client.fetch_token(
                    metadata.token, code=code, code_verifier=verifier, grant_type="authorization_code"
                )
        except (httpx.HTTPError, AuthlibBaseError, ValueError) as error:
            raise SignInRefused(f"the code was not taken ({type(error).__name__})") from error
        return token

    async def _checked(self, id_token: str, nonce: str) -> dict[str, Any]:
        """The claims of an ID token (OpenID Connect Core, 3.1.3.7)."""
        client_id = self._settings.oidc_client_id or ""
        rules = jwt.JWTClaimsRegistry(
            leeway=LEEWAY,
            iss={"essential": True, "value": self._issuer},
            aud={"essential": True, "value": client_id},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        try:
            claims: dict[str, Any] = (await self._decoded(id_token)).claims
            rules.validate(claims)
        except (JoseError, ValueError) as error:
            raise SignInRefused(f"the ID token is not good ({type(error).__name__}: {error})") from error
        several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if (several or "azp" in claims) and claims.get("azp") != client_id:
            raise SignInRefused("the ID token was made for somebody else (azp)")
        if not isinstance(claims["sub"], str) or not claims["sub"]:
            raise SignInRefused("the ID token names nobody (sub)")
        return claims

    async def _decoded(self, id_token: str) -> jwt.Token:
        """The token, if its signature is the provider's; its keys are read again when one is not known."""
        if self._keys is not None:
            try:
                return jwt.decode(id_token, self._keys, algorithms=list(ALGORITHMS))
            except (JoseError, ValueError):
                self._keys = None
        metadata = await self._described()
        self._keys = KeySet.import_key_set(cast(KeySetSerialization, await self._read(metadata.jwks)))
        return jwt.decode(id_token, self._keys, algorithms=list(ALGORITHMS))

    async def _person(self, claims: dict[str, Any]) -> Person:
        said = (claims.get(name) for name in ("preferred_username", "email", "name", "sub"))
        name = next((found for found in map(_name, said) if found), "somebody")
        given = claims.get(self._settings.oidc_groups)
        groups = [found for found in map(_name, given) if found] if isinstance(given, list) else None
        person = await self._store.vouched_for(
            f"{self._issuer}|{claims['sub']}", name, Role(self._settings.new_role), groups, at=now()
        )
        if person.disabled_at is not None:
            raise SignInRefused(f"{person.name} is disabled")
        return person

    async def _described(self) -> _Metadata:
        if self._metadata is not None and time.monotonic() - self._metadata.read_at < KEEP:
            return self._metadata
        said = await self._read(f"{self._issuer}/.well-known/openid-configuration")
        if said.get("issuer") != self._issuer:
            raise SignInRefused(f"the provider calls itself {str(said.get('issuer'))[:200]!r}, not {self._issuer!r}")
        try:
            ends = (str(said[name]) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"))
            self._metadata = _Metadata(time.monotonic(), *ends)
        except KeyError as error:
            raise SignInRefused(f"the provider does not say its {error}") from error
        return self._metadata

    async def _read(self, url: str) -> dict[str, Any]:
        try:
            async with httpx.AsyncClient(timeout=SECONDS) as client:
                answer = await client.get(url)
                found = answer.raise_for_status().json()
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise SignInRefused(f"the provider cannot be read at {url} ({type(error).__name__})") from error
        if not isinstance(found, dict):
            raise SignInRefused(f"the provider says nothing of use at {url}")
        return found

    def _client(self) -> AsyncOAuth2Client:
        secret = self._settings.oidc_client_secret
        return AsyncOAuth2Client(
            client_id=self._settings.oidc_client_id,
            client_secret=secret.get_secret_value() if secret else None,
            scope=SCOPE,
            redirect_uri=f"{self._settings.public_url}/auth/callback",
            code_challenge_method="S256",
            timeout=SECONDS,
        )


def _name(said: object) -> str | None:
    """What somebody may be called, of what a provider says."""
    if not isinstance(said, str):
        return None
    try:
        return checked_name(said)
    except ValueError:
        return None
