import os
from pathlib import Path

import pytest

from sayso.errors import SettingsError
from sayso.settings import Settings, read_settings


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As on a fresh machine, whatever the one that tests has set."""
    monkeypatch.chdir(tmp_path)
    for name in os.environ:
        if name.startswith(("SAYSO_", "OPENAI_")):
            monkeypatch.delenv(name)


def test_the_names_that_a_server_goes_by(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_settings().hosts == {"127.0.0.1"}
    monkeypatch.setenv("SAYSO_ALLOWED_HOSTS", "sayso.lan, backend")
    monkeypatch.setenv("SAYSO_ALLOWED_ORIGINS", "https://Sayso.example.org,http://[::1]:9000,https://a.example:8443")
    monkeypatch.setenv("SAYSO_HOST", "sayso.internal")
    named = {"sayso.lan", "backend", "sayso.example.org", "::1", "a.example", "sayso.internal"}
    assert read_settings().hosts == named


@pytest.mark.parametrize("host", ["https://a.example", "a.example:80", "a b", "*.a.example", "a..example", "[::1]"])
def test_a_host_is_a_name(host: str) -> None:
    with pytest.raises(SettingsError, match=r"SAYSO_ALLOWED_HOSTS: .* is not a host name"):
        read_settings(allowed_hosts=host)


@pytest.mark.parametrize("host", ["*", "backend", "a_b", "sayso.example.org."])
def test_names_without_dots_and_every_name_are_fine(host: str) -> None:
    assert host in read_settings(allowed_hosts=host).hosts


def test_every_setting_is_described() -> None:
    """In `.env.example`, which is all that people read."""
    described = (Path(__file__).parents[2] / ".env.example").read_text("utf-8")
    for name in Settings.model_fields:
        assert f"{name.upper()}=" in described, name


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"webhooks": "https://a.example/hook"}, "SAYSO_WEBHOOK_SECRET: what goes to SAYSO_WEBHOOKS is signed"),
        ({"webhook_secret": "whsec_c2hvcnQ="}, "SAYSO_WEBHOOK_SECRET: use whsec_"),
        ({"webhook_secret": "not base64!"}, "SAYSO_WEBHOOK_SECRET: use whsec_"),
        ({"webhooks": "ftp://a.example"}, "SAYSO_WEBHOOKS: use an address"),
        ({"webhooks": "https://user:secret@a.example/"}, "SAYSO_WEBHOOKS: an address may not carry"),
        ({"webhooks": "https://a.example:99999/"}, "SAYSO_WEBHOOKS: use an address"),
        ({"slack": "hooks.slack.com/services"}, "SAYSO_SLACK: use an address"),
        ({"public_url": "sayso.example"}, "SAYSO_PUBLIC_URL: use an address"),
        ({"webhook_networks": "10.0.0.1/8"}, "SAYSO_WEBHOOK_NETWORKS: 10.0.0.1/8 is no network"),
        ({"mail_to": "nobody"}, "SAYSO_MAIL_TO: 'nobody' is no mail address"),
        ({"mail_to": "a@b.example"}, "SAYSO_MAIL_FROM: set the address"),
        ({"mail_to": "a@b.example", "mail_from": "c@d.example\r\nBcc: x@y.example"}, "SAYSO_MAIL_FROM: "),
        ({"mail_to": "a@b.example", "mail_from": "c@d.example"}, "SAYSO_SMTP_HOST: name the server"),
        ({"smtp_encryption": "none", "smtp_password": "p"}, "SAYSO_SMTP_PASSWORD: a password is sent encrypted only"),
    ],
)
def test_what_is_told_elsewhere_has_all_that_it_needs(given: dict[str, str], said: str) -> None:
    with pytest.raises(SettingsError) as raised:
        read_settings(**given)
    assert str(raised.value).startswith(said)
    assert "secret@" not in str(raised.value)


def test_where_to_tell_people() -> None:
    given = {"webhooks": "https://a.example/1, https://b.example/2", "webhook_secret": f"whsec_{'A' * 32}"}
    settings = read_settings(**given, public_url="https://sayso.example/desk/", webhook_networks="10.0.0.0/8,::1")
    assert settings.webhooks == ("https://a.example/1", "https://b.example/2")
    assert settings.public_url == "https://sayso.example/desk"
    assert [read_settings(smtp_encryption=each).mail_port for each in ("starttls", "tls", "none")] == [587, 465, 25]
    assert read_settings(smtp_port=2525).mail_port == 2525
