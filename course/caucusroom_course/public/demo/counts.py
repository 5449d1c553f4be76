"""What the house counts, for Prometheus: no names, no addresses, no texts."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from .kernels import Kernels

_SECONDS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20)


class Counts:
    """One set for each house."""

    def __init__(self, kernels: Kernels) -> None:
        self.registry = registry = CollectorRegistry()
        self.pages = Counter("caucusroom_pages", "Pages that were sent", ["kind"], registry=registry)
        self.visits = Counter("caucusroom_visits", "Pages that got a kernel", registry=registry)
        self.refused = Counter("caucusroom_refused", "What was refused, and where", ["where"], registry=registry)
        self.ended = Counter("caucusroom_ended", "Visits that ended, and why", ["why"], registry=registry)
        self.answer = Histogram(
            "caucusroom_answer_seconds", "From a question to its answer", buckets=_SECONDS, registry=registry
        )
        for state, count in {
            "taken": lambda: len(kernels.taken),
            "warm": lambda: len(kernels.warm),
            "most": lambda: kernels.room.kernels,
        }.items():
            Gauge(f"caucusroom_kernels_{state}", f"Kernels: {state}", registry=registry).set_function(count)
