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
