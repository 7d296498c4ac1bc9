"""Produces or consumes with librdkafka. Reads one JSON object from standard input, prints another.

{"action": "produce", "config": {...}, "topic": "t", "records": ["a", "b"]}
{"action": "spread", "config": {...}, "topic": "t"}    one record to each partition; answers the leaders
{"action": "consume", "config": {...}, "topic": "t", "group": "g", "count": 2}
{"action": "count", "config": {...}, "topic": "t"}    counts records without a group
{"action": "accept", "config": {...}}    makes a producer and a consumer, and connects neither
"""

import json
import sys
import time

from confluent_kafka import Consumer, KafkaException, Producer, TopicPartition

DEADLINE_SECONDS = 20


def produce(request):
    producer = Producer(settings(request))
    deliver(producer, [{"topic": request["topic"], "value": record} for record in request["records"]])
    return {"produced": len(request["records"])}


def spread(request):
    producer = Producer(settings(request))
    count = len(producer.list_topics(request["topic"], timeout=10).topics[request["topic"]].partitions)
    deliver(
        producer,
        [{"topic": request["topic"], "value": f"partition {at}", "partition": at} for at in range(count)],
    )
    cluster = producer.list_topics(request["topic"], timeout=10)
    partitions = cluster.topics[request["topic"]].partitions
    brokers = [cluster.brokers[partitions[at].leader] for at in range(count)]
    return {"leaders": [f"{broker.host}:{broker.port}" for broker in brokers]}


def settings(request):
    return {**request["config"], "enable.idempotence": True, "message.timeout.ms": 10000}


def deliver(producer, records):
    failures = []

    def delivered(error, _message):
        if error is not None:
            failures.append(error.name())

    for record in records:
        producer.produce(**record, on_delivery=delivered)
        producer.poll(0)
    undelivered = producer.flush(DEADLINE_SECONDS)
    if failures or undelivered:
        raise RuntimeError(failures[0] if failures else "not delivered")


def consume(request):
    consumer = Consumer(
        {**request["config"], "group.id": request["group"], "auto.offset.reset": "earliest"}
    )
    consumer.subscribe([request["topic"]])
    messages = poll(consumer, request["count"])
    consumer.close()
    values = [message.value().decode() for message in messages]
    return {"values": values, "partitions": [message.partition() for message in messages]}


def count(request):
    consumer = Consumer({**request["config"], "group.id": request["group"]})
    consumer.poll(3.0)  # lets the background threads report what they met
    topic = consumer.list_topics(request["topic"], timeout=10).topics[request["topic"]]
    if topic.error is not None:
        raise KafkaException(topic.error)
    total = 0
    for partition in topic.partitions:
        low, high = consumer.get_watermark_offsets(
            TopicPartition(request["topic"], partition), timeout=10
        )
        total += high - low
    consumer.close()
    return {"count": total}


def accept(request):
    Producer(request["config"])
    Consumer({"group.id": "any", **request["config"]}).close()
    return {}


def poll(consumer, wanted):
    messages = []
    deadline = time.monotonic() + DEADLINE_SECONDS
    while len(messages) < wanted:
        if time.monotonic() > deadline:
            raise RuntimeError(f"only {len(messages)} of {wanted} records came")
        message = consumer.poll(1.0)
        if message is None:
            continue
        if message.error() is not None:
            raise KafkaException(message.error())
        messages.append(message)
        deadline = time.monotonic() + DEADLINE_SECONDS
    return messages


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    errors = []
    asked["config"]["error_cb"] = lambda error: errors.append(error.name())
    try:
        actions = {"produce": produce, "spread": spread, "consume": consume, "count": count, "accept": accept}
        answer = actions[asked["action"]](asked)
    except (RuntimeError, KafkaException) as error:
        name = error.args[0].name() if isinstance(error, KafkaException) else str(error)
        answer = {"error": name, "events": sorted(set(errors))}
    json.dump(answer, sys.stdout)
