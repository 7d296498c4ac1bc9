"""Does with librdkafka what accounts are declared to do, all accounts at once.

Reads one JSON list from standard input, an object for each account:

    {"config": {...}, "produces": ["t"], "transactionalIds": ["id"],
     "consumes": [{"topics": ["t"], "group": "g"}]}

First everybody produces: a record to each topic, idempotently. Then everybody consumes, in each
group, a record of each topic, and commits. Then transactions: a record to each topic, together with
the positions of the first group. Prints a list, for each account what failed.
"""

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from confluent_kafka import Consumer, KafkaException, Producer

DEADLINE_SECONDS = 20


def write(producer, topics):
    failures = []

    def delivered(error, message):
        if error is not None:
            failures.append(f"produce {message.topic()}: {error.name()}")

    for topic in topics:
        producer.produce(topic, key="key", value="value", on_delivery=delivered)
    if producer.flush(DEADLINE_SECONDS):
        failures.append("produce: not delivered in time")
    return failures


def produce(account):
    if not account["produces"]:
        return []
    config = {**account["config"], "enable.idempotence": True, "message.timeout.ms": 10000}
    return write(Producer(config), account["produces"])


def read(consumer, topics):
    missing = set(topics)
    deadline = time.monotonic() + DEADLINE_SECONDS
    while missing and time.monotonic() < deadline:
        message = consumer.poll(0.2)
        if message is None:
            continue
        if message.error() is not None:
            return [f"consume {message.topic()}: {message.error().name()}"]
        missing.discard(message.topic())
    return [f"consume {topic}: no record came" for topic in sorted(missing)]


def open_consumer(account, group):
    config = {"auto.offset.reset": "earliest", "enable.auto.commit": False}
    return Consumer({**account["config"], **config, "group.id": group})


def consume(account):
    failures = []
    for consumption in account["consumes"]:
        consumer = open_consumer(account, consumption["group"])
        try:
            consumer.subscribe(consumption["topics"])
            failures += read(consumer, consumption["topics"])
            if not failures:
                consumer.commit(asynchronous=False)
        except KafkaException as error:
            failures.append(f"commit as {consumption['group']}: {error.args[0].name()}")
        finally:
            consumer.close()
    return failures


def commit_positions(producer, account):
    for consumption in account["consumes"][:1]:
        consumer = open_consumer(account, consumption["group"])
        consumer.subscribe(consumption["topics"])
        deadline = time.monotonic() + DEADLINE_SECONDS
        while not consumer.assignment() and time.monotonic() < deadline:
            consumer.poll(0.1)
        positions = consumer.committed(consumer.assignment(), DEADLINE_SECONDS)
        producer.send_offsets_to_transaction(
            [position for position in positions if position.offset >= 0],
            consumer.consumer_group_metadata(),
            DEADLINE_SECONDS,
        )
        consumer.close()


def transact(account):
    failures = []
    for transactional_id in account["transactionalIds"]:
        producer = Producer({**account["config"], "transactional.id": transactional_id})
        try:
            producer.init_transactions(DEADLINE_SECONDS)
            producer.begin_transaction()
            failures += write(producer, account["produces"])
            commit_positions(producer, account)
            producer.commit_transaction(DEADLINE_SECONDS)
        except KafkaException as error:
            failures.append(f"transaction {transactional_id}: {error.args[0].name()}")
    return failures


if __name__ == "__main__":
    accounts = json.load(sys.stdin)
    with ThreadPoolExecutor(max_workers=8) as pool:
        steps = [list(pool.map(step, accounts)) for step in (produce, consume, transact)]
    json.dump([sum(failures, []) for failures in zip(*steps)], sys.stdout)
