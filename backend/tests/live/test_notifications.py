"""What is told elsewhere by servers that are killed, to real receivers: nothing is lost, and each id is one message."""

import asyncio
import random
import ssl
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
import trustme
from standardwebhooks import Webhook

from conftest import DATABASES
from live.conftest import write_library
from sayso.notify.webhook import new_secret
from support.postgres import Postgres
from support.receiver import OK, Received, Receiver, Reply
from support.server import Server, receive, send, until
from support.smtp_server import Manners, SmtpServer

SECRET = new_secret()
OWN = {"SAYSO_WEBHOOK_NETWORKS": "127.0.0.1", "SAYSO_WEBHOOK_SECRET": SECRET, "SAYSO_TAKEOVER": "2"}
MakeServer = Callable[..., Server]


@pytest.fixture(params=DATABASES)
def make_server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MakeServer]:
    """Makes servers of one installation, not started; on PostgreSQL there may be several."""
    made: list[Server] = []
    shared = {}
    if request.param == "postgres":
        postgres: Postgres = request.getfixturevalue("postgres")
        shared = {"SAYSO_DATABASE_URL": postgres.database()}

    def make(**settings: str) -> Server:
        folder = tmp_path / f"server{len(made)}"
        write_library(folder / "library")
        made.append(Server(folder, **OWN, **shared, **settings))
        return made[-1]

    yield make
    for server in made:
        if server._process:
            server.stop()


async def asked(server: Server, question: str, workflow: str = "rewrite") -> tuple[str, int]:
    """A run that waits for a decision, and its review."""
    async with server.connect() as socket:
        await send(socket, question=question, workflow=workflow, by="Ada")
        frames = await until(socket, "input_required")
    return frames[0]["run_id"], frames[-1]["seq"]


async def approved(server: Server, run_id: str, review: int) -> None:
    """Decide, and see the run to its end."""
    async with server.connect() as socket:
        await send(socket, run_id=run_id)
        await send(socket, response="yes", review=review, by="Grace", response_id="once")
        await until(socket, "final_result")


def sayso(server: Server, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command beside the server, with its settings."""
    return subprocess.run(
        [sys.executable, "-m", "sayso", *arguments],
        env=server.settings,
        cwd=server.folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


async def figure(server: Server, line: str) -> None:
    """Wait until the server's metrics say so."""
    async with httpx.AsyncClient(base_url=server.url) as client, asyncio.timeout(30):
        while line not in (await client.get("/metrics")).text.splitlines():  # noqa: ASYNC110 - of another process
            await asyncio.sleep(0.1)


async def logged(server: Server, text: str) -> None:
    """Wait until the server's log says so."""
    async with asyncio.timeout(30):
        while text not in server.output:  # noqa: ASYNC110 - of another process
            await asyncio.sleep(0.1)


def told(receiver: Receiver) -> Counter[tuple[str, str]]:
    """How many messages there were of each type for each run, to somebody who knows them by their ids."""
    once = {each.id: each for each in receiver.got}
    for each in receiver.got:
        assert each.body == once[each.id].body, "an id stands for one message"
        Webhook(SECRET).verify(each.body, each.headers)
    return Counter((each.json["data"]["run_id"], each.json["type"]) for each in once.values())


def expected(run_ids: list[str]) -> Counter[tuple[str, str]]:
    return Counter({(id, type): 1 for id in run_ids for type in ("review.opened", "review.decided", "run.ended")})


async def test_killed_between_commit_and_delivery(make_server: MakeServer) -> None:
    async with Receiver() as receiver:
        pass
    server = make_server(SAYSO_WEBHOOKS=receiver.url)
    await asyncio.to_thread(server.start)
    runs = [await asked(server, f"question {n}") for n in range(5)]
    server.kill()
    assert receiver.got == []
    async with Receiver(port=receiver.port) as receiver:
        await asyncio.to_thread(server.start)
        await receiver.until(lambda got: len(set(got.ids)) == 5, 60)
        for run_id, review in runs:
            await approved(server, run_id, review)
        await receiver.until(lambda got: len(set(got.ids)) == 15, 60)
        assert told(receiver) == expected([run_id for run_id, _ in runs])


@pytest.mark.timeout(300)
async def test_killed_while_it_delivers(make_server: MakeServer) -> None:
    """Where there are others, one of them notices when the time that the dead one had for it is over."""
    async with Receiver() as receiver:
        receiver.reply = Reply(hang=True)
        server = make_server(SAYSO_WEBHOOKS=receiver.url)
        await asyncio.to_thread(server.start)
        run_id, _ = await asked(server, "why?")
        await receiver.until(lambda got: len(got.got) == 1)
        server.kill()
        receiver.reply = OK
        await asyncio.to_thread(server.start)
        await receiver.until(lambda got: len(got.got) == 2, 90)
        assert told(receiver) == {(run_id, "review.opened"): 1}


@pytest.mark.timeout(300)
async def test_killed_again_and_again_and_nothing_is_lost(make_server: MakeServer) -> None:
    """The receiver fails now and then, too, and answers late."""
    chance = random.Random(7)

    def moody(_: Received) -> Reply:
        return Reply(503) if chance.random() < 0.2 else Reply(204, delay=0.1 * chance.random())

    async with Receiver() as receiver:
        receiver.reply = moody
        servers = [make_server(SAYSO_WEBHOOKS=receiver.url)]
        if "SAYSO_DATABASE_URL" in servers[0].settings:
            servers.append(make_server(SAYSO_WEBHOOKS=receiver.url))
        for server in servers:
            await asyncio.to_thread(server.start)
        runs: list[str] = []
        for n in range(4):
            for server in servers:
                asking = [asyncio.create_task(asked(server, f"question {n} {m}")) for m in range(4)]
                for run_id, review in await asyncio.gather(*asking):
                    runs.append(run_id)
                    await approved(server, run_id, review)
            victim = servers[n % len(servers)]
            await asyncio.sleep(chance.random())
            victim.kill()
            await asyncio.to_thread(victim.start)
        receiver.reply = OK
        await receiver.until(lambda got: len(set(got.ids)) >= 3 * len(runs), 100)
        assert told(receiver) == expected(runs)


async def test_each_message_is_sent_by_one_of_the_replicas(postgres: Postgres, tmp_path: Path) -> None:
    url = postgres.database()
    async with Receiver() as receiver:
        servers = []
        for n in range(2):
            write_library(tmp_path / f"{n}" / "library")
            settings = {**OWN, "SAYSO_DATABASE_URL": url, "SAYSO_WEBHOOKS": receiver.url}
            servers.append(Server(tmp_path / f"{n}", **settings))
        try:
            for server in servers:
                await asyncio.to_thread(server.start)
            runs = [await asked(servers[n % 2], f"question {n}") for n in range(12)]
            for n, (run_id, review) in enumerate(runs):
                await approved(servers[(n + 1) % 2], run_id, review)
            await receiver.until(lambda got: len(set(got.ids)) == 36, 60)
            await asyncio.sleep(2)
            assert len(receiver.got) == 36
            assert told(receiver) == expected([run_id for run_id, _ in runs])
        finally:
            for server in servers:
                server.stop()


async def test_channels_are_managed_beside_a_running_server(make_server: MakeServer) -> None:
    server = make_server(SAYSO_PUBLIC_URL="https://sayso.example/")
    await asyncio.to_thread(server.start)

    async def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return await asyncio.to_thread(sayso, server, "webhook", *arguments)

    async with Receiver() as receiver, Receiver() as inner:
        assert "There are none" in (await run("list")).stdout
        added = await run("add", receiver.url, "--events", "review.opened,run.ended")
        id, secret = added.stdout.split()[0], next(word for word in added.stdout.split() if word.startswith("whsec_"))
        assert secret not in (await run("add", receiver.url, "--events", "review.opened")).stdout

        assert "has taken a test message" in (await run("test", id)).stdout
        assert receiver.got[0].json["type"] == "channel.test"
        run_id, review = await asked(server, "why?")
        await receiver.until(lambda got: len(got.got) == 2)
        opened = receiver.got[1]
        Webhook(secret).verify(opened.body, opened.headers)
        assert opened.json["data"]["url"] == f"https://sayso.example/run/?id={run_id}"
        await approved(server, run_id, review)
        listed = (await run("list")).stdout
        assert "last arrived" in listed
        assert secret not in listed

        receiver.reply = Reply(307, (f"location: {inner.url}",))
        failed = await run("test", id)
        assert (failed.returncode, failed.stderr.strip()) == (
            2,
            f"sayso: webhook: {id}: it answered 307 (redirects are not followed).",
        )
        receiver.reply = Reply(410)
        await asked(server, "why not?")
        await receiver.until(lambda got: got.got[-1].json.get("data", {}).get("question") == "why not?")
        await figure(server, f'sayso_channel_disabled{{channel="{id}",kind="webhook"}} 1.0')
        await logged(server, f"channel {id} is disabled")
        assert "disabled since" in (listed := (await run("list")).stdout)
        assert "1 to be sent" in listed
        receiver.reply = OK
        seen = len(receiver.got)
        assert "1 of its messages are sent now" in (await run("enable", id)).stdout
        await receiver.until(lambda got: len(got.got) > seen)
        assert receiver.got[-1].id == receiver.got[-2].id

        assert (await run("remove", id)).returncode == 0
        assert (await run("remove", id)).returncode == 2
        await asked(server, "and now?")
        await asyncio.sleep(2)
        assert all(each.json["data"].get("question") != "and now?" for each in receiver.got)
        assert inner.got == []
    assert (await server.get("/readyz"))["status"] == "ready"


async def test_the_question_reaches_people_on_every_channel(make_server: MakeServer, tmp_path: Path) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(tls)
    async with (
        Receiver(tls=tls) as hook,
        Receiver(tls=tls) as slack,
        SmtpServer(tls, manners=Manners(password="p")) as mail,
    ):
        server = make_server(
            SSL_CERT_FILE=str(tmp_path / "authority.pem"),
            SAYSO_PUBLIC_URL="https://sayso.example",
            SAYSO_WEBHOOKS=hook.url,
            SAYSO_SLACK=slack.url,
            SAYSO_MAIL_TO="legal@example.org",
            SAYSO_MAIL_FROM="sayso@example.org",
            SAYSO_SMTP_HOST="127.0.0.1",
            SAYSO_SMTP_PORT=str(mail.port),
            SAYSO_SMTP_USER="sayso",
            SAYSO_SMTP_PASSWORD="p",
            SAYSO_REVIEW_DUE="4s",
        )
        await asyncio.to_thread(server.start)
        async with server.connect() as socket:
            await send(socket, question="When does VACUUM FULL lock a table?\r\nBcc: all@example.org", by="Ada <!here>")
            frames = await until(socket, "input_required")
            run_id, review = frames[0]["run_id"], frames[-1]
            await until(socket, "input_expired")
            await send(socket, response="approve", review=review["seq"], by="Grace")
            while (await receive(socket))["type"] != "final_result":
                pass
        link = f"https://sayso.example/run/?id={run_id}"
        await hook.until(lambda got: len(set(got.ids)) == 5)
        assert hook.types() == ["review.opened", "review.due", "review.due", "review.decided", "run.ended"]
        findings = sum(each["kind"] == "evidence" for each in review["data"]["findings"])
        assert findings
        of_reviews = [each.json["data"] for each in hook.got if each.json["type"] != "run.ended"]
        assert {each["findings"] for each in of_reviews} == {findings}
        assert {each.json["data"]["url"] for each in hook.got} == {link}

        await slack.until(lambda got: len(got.got) == 3)
        first = next(each.json for each in slack.got if "is needed" in each.json["text"])
        assert first["blocks"][0]["text"]["text"] == "A decision is needed"
        assert link in str(first["blocks"][-1])
        assert "Asked by: Ada <!here>" in str(first["blocks"])
        assert "<!here>" not in first["text"]

        await mail.until(lambda got: len(got.mails) == 3)
        handed_in = {(*each.recipients, each.encrypted, each.user) for each in mail.mails}
        assert handed_in == {("legal@example.org", True, "sayso")}
        mails = {each.message["Subject"].partition(" 20")[0]: each.message for each in mail.mails}
        question = "When does VACUUM FULL lock a table? Bcc: all@example.org"
        assert set(mails) == {f"A decision is needed: {question}", "A decision is due", "Nobody decided by"}
        assert all(f"Decide: {link}" in each.get_content() for each in mails.values())
        assert not any("Bcc" in each.message for each in mail.mails)
