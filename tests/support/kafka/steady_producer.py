"""Produces numbered records at a steady rate until its standard input ends; then prints what came of them.

Reads {"config": {...}, "topic": "t", "rate": 200} from the first line. Prints a line when the first record is
acknowledged, and at the end {"sent": 900, "acknowledged": 900, "failures": [], "slowestSeconds": 1.2}.
"""

import json
import sys
import threading
import time

from confluent_kafka import KafkaException, Producer

FLUSH_SECONDS = 120


def main():
    asked = json.loads(sys.stdin.readline())
    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    # One request under way, as the client files for durable writes say: a broker that has restarted knows
    # only the last batch of a producer, and stores an earlier one again. Retries and time-outs are
    # librdkafka's own.
    producer = Producer({**asked["config"], "enable.idempotence": True, "max.in.flight": 1})
    acknowledged, failures, slowest = 0, [], 0.0

    def delivered(error, message):
        nonlocal acknowledged, slowest
        if error is not None:
            failures.append(error.name())
            return
        slowest = max(slowest, message.latency())
        acknowledged += 1
        if acknowledged == 1:
            print("producing", flush=True)

    sent = 0
    began = time.monotonic()
    while not ended.is_set():
        while sent < (time.monotonic() - began) * asked["rate"]:
            try:
                producer.produce(asked["topic"], value=str(sent), on_delivery=delivered)
            except KafkaException as error:  # what it knows to be refused it does not take
                failures.append(error.args[0].name())
            sent += 1
        producer.poll(0.02)
    producer.flush(FLUSH_SECONDS)
    answer = {"sent": sent, "acknowledged": acknowledged, "failures": failures}
    print(json.dumps({**answer, "slowestSeconds": round(slowest, 1)}))


if __name__ == "__main__":
    main()
