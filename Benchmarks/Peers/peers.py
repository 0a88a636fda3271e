"""Sends the same job messages as KafkaBenchmarks with Python's clients, each validated by pydantic: peers.py BROKERS COUNT.

Prints messages a second and microseconds of CPU for each, of the median of three rounds.
"""

import asyncio
import datetime
import statistics
import sys
import time
import typing
import uuid

import aiokafka
import confluent_kafka
import pydantic

TOPIC = "tda_jobs"
ROUNDS = 3


class Metadata(pydantic.BaseModel):
    message_id: str
    message_type: typing.Literal["job.submitted", "job.started", "job.progress", "job.completed", "job.failed", "job.cancelled"]
    timestamp: datetime.datetime
    source_service: str
    version: str = "1.0"
    correlation_id: str | None = None


class Payload(pydantic.BaseModel):
    job_id: str
    status: typing.Literal["pending", "running", "completed", "failed", "cancelled"]
    algorithm: str | None = None
    result_id: str | None = None
    execution_time: float | None = pydantic.Field(default=None, ge=0)


class JobMessage(pydantic.BaseModel):
    metadata: Metadata
    payload: Payload


def message(number):
    """A job that is completed: its key, its value and its headers."""
    job, now = f"job-{number & 1023}", datetime.datetime.now(datetime.timezone.utc)
    value = JobMessage(
        metadata=Metadata(
            message_id=f"job-{job}-{int(now.timestamp() * 1000)}-{uuid.uuid4()}", message_type="job.completed", timestamp=now,
            source_service="tda-backend", correlation_id=job),
        payload=Payload(
            job_id=job, status="completed", algorithm="vietoris_rips", result_id="res-7b1d", execution_time=12.5))
    headers = [("content-type", b"application/json"), ("message-type", b"job.completed"), ("correlation-id", job.encode())]
    return job.encode(), value.model_dump_json(exclude_none=True).encode(), headers


def confluent(brokers, count):
    failures = []
    producer = confluent_kafka.Producer({
        "bootstrap.servers": brokers, "enable.idempotence": True, "acks": "all", "compression.type": "lz4", "linger.ms": 10,
        "batch.size": 65536, "queue.buffering.max.messages": 262144, "partitioner": "murmur2_random"})

    def report(error, _):
        if error is not None:
            failures.append(error)

    for number in range(count):
        key, value, headers = message(number)
        while True:
            try:
                producer.produce(TOPIC, value, key, headers=headers, on_delivery=report)
                break
            except BufferError:
                producer.poll(0.01)
        if number & 127 == 0:
            producer.poll(0)
    if producer.flush(120) or failures:
        sys.exit(f"confluent-kafka failed: {failures[:1]}")


def aio(brokers, count):
    async def run():
        producer = aiokafka.AIOKafkaProducer(
            bootstrap_servers=brokers, enable_idempotence=True, acks="all", compression_type="lz4", linger_ms=10,
            max_batch_size=65536)
        await producer.start()
        try:
            pending = []
            for number in range(count):
                key, value, headers = message(number)
                pending.append(await producer.send(TOPIC, value, key, headers=headers))
                if len(pending) == 1000:
                    await asyncio.gather(*pending)
                    pending = []
            await asyncio.gather(*pending)
        finally:
            await producer.stop()

    asyncio.run(run())


def main():
    brokers, count = sys.argv[1], int(sys.argv[2])
    peers = {"confluent-kafka and pydantic": (confluent, count), "aiokafka and pydantic": (aio, count // 4)}
    for name, (send, messages) in peers.items():
        rates, costs = [], []
        for _ in range(ROUNDS):
            wall, cpu = time.monotonic(), time.process_time()
            send(brokers, messages)
            rates.append(messages / (time.monotonic() - wall))
            costs.append((time.process_time() - cpu) / messages * 1e6)
        print(f"  Python, {name}: {statistics.median(rates):.0f} a second, {statistics.median(costs):.2f} µs CPU", flush=True)


main()
