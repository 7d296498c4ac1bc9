"""Members of one group that come and go, of both protocols in turn, until standard input ends.

Reads {"config": {...}, "topic": "t", "group": "g", "seed": 1} as its first line. A member never commits. While it
is one, nobody else may: it asks for the committed positions when it has its partitions, and again before it leaves,
and reports where they differ. Prints {"joined": {"classic": n, "consumer": n}, "violations": [...]} at the end.
"""

import json
import random
import sys
import threading
import time

from confluent_kafka import Consumer, KafkaException

asked = json.loads(sys.stdin.readline())
ended = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
chance = random.Random(asked["seed"])
joined = {"classic": 0, "consumer": 0}
violations = []
errors = []


def member(protocol):
    settings = {
        **asked["config"],
        "group.id": asked["group"],
        "group.protocol": protocol,
        "enable.auto.commit": False,
        "auto.offset.reset": "latest",
        "log_level": 0,
    }
    if protocol == "classic":
        settings["session.timeout.ms"] = 6000
    consumer = Consumer(settings)
    assigned = []
    consumer.subscribe([asked["topic"]], on_assign=lambda _, partitions: assigned.extend(partitions))
    deadline = time.monotonic() + 15
    try:
        while not assigned and time.monotonic() < deadline and not ended.is_set():
            consumer.poll(0.05)
        if not assigned:
            return
        joined[protocol] += 1
        seen = positions(consumer, assigned)
        until = time.monotonic() + chance.uniform(0.0, 0.3)
        while time.monotonic() < until:
            consumer.poll(0.02)
        now = positions(consumer, assigned)
        if now != seen:
            violations.append({"protocol": protocol, "seen": seen, "now": now})
    except KafkaException as error:
        errors.append(str(error))
    finally:
        consumer.close()


def positions(consumer, partitions):
    return sorted((one.partition, one.offset) for one in consumer.committed(partitions, timeout=10))


turn = 0
while not ended.is_set():
    time.sleep(chance.uniform(0.0, 0.25))
    member("classic" if turn % 2 == 0 else "consumer")
    turn += 1
json.dump({"joined": joined, "violations": violations, "errors": errors}, sys.stdout)
