"""What a Prometheus reads: how what is told elsewhere arrives. From the database, so every process says the same."""

from collections.abc import Iterator

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from sayso.storage.outbox import Channel

router = APIRouter()


@router.get("/metrics", tags=["server"], response_class=Response)
async def metrics(request: Request) -> Response:
    """Figures for Prometheus."""
    registry = CollectorRegistry()
    registry.register(_Channels(await request.app.state.service.channels()))
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)


class _Channels(Collector):
    def __init__(self, channels: list[Channel]) -> None:
        self._channels = channels

    def collect(self) -> Iterator[Metric]:
        figures = (
            ("disabled", "1 if nothing is sent to the channel any more.", lambda each: each.disabled_at is not None),
            ("failing", "1 if nothing has arrived there since an attempt failed.", lambda each: bool(each.why)),
            ("pending", "Messages that are to be sent to it.", lambda each: each.pending),
            ("given_up", "Messages that it did not take for a day.", lambda each: each.given_up),
        )
        for name, help, value in figures:
            family = GaugeMetricFamily(f"sayso_channel_{name}", help, labels=["channel", "kind"])
            for each in self._channels:
                family.add_metric([each.id, each.kind], float(value(each)))
            yield family
