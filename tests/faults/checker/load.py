"""Produces keyed records with several idempotent producers until its standard input ends, and writes down what
became of each of them. Every setting that is not given is librdkafka's own: retries and time-outs among them.

Reads from the first line
  {"config": {...}, "topics": ["a", "b"], "producers": 3, "rate": 1000, "minIsr": 2, "journal": "/path"}
and from each later one another {"config": {...}}, which new producers take over with, as an application does that is
given another login or other certificates to trust. Prints "producing" once every partition of every topic has taken a
record, "switched" for each later line, and "written" when the journal, whose form journal.ts gives, is complete.
"""

import json
import queue
import sys
import threading
import time

from confluent_kafka import KafkaException, Producer
from confluent_kafka.admin import AdminClient

KEYS = 96
PADDING = "x" * 80
FLUSH_SECONDS = 310  # librdkafka gives a record up after 300
KNOWN_WITHIN_SECONDS = 30
SAMPLE_SECONDS = 0.5
SAMPLE_TIMEOUT_SECONDS = 2


class Load:
    def __init__(self, asked):
        self.asked = asked
        self.topics = asked["topics"]
        self.journal = []
        self.partitions = set()
        self.sent = [0] * asked["producers"]
        self.configs = queue.SimpleQueue()
        self.ended = threading.Event()
        self.connect(asked["config"])

    def connect(self, config):
        self.config = config
        # As in the platform's profile for durability.
        settings = {**config, "enable.idempotence": True, "max.in.flight": 1}
        self.producers = [Producer(settings) for _ in self.sent]

    def switch(self):
        """What the old producers have taken is stored before the new ones begin: records stay in order."""
        try:
            config = self.configs.get_nowait()
        except queue.Empty:
            return
        self.flush()
        self.connect(config)
        print("switched", flush=True)

    def produce(self):
        at = self.sent.index(min(self.sent))
        sequence = self.sent[at]
        topic = self.topics[sequence % len(self.topics)]
        key = f"{at}-{sequence // len(self.topics) % KEYS}"
        while True:
            try:
                self.producers[at].produce(
                    topic,
                    key=key,
                    value=f"{topic} {at} {sequence} {PADDING}",
                    on_delivery=self.delivered,
                )
                break
            except BufferError:  # a long outage: wait for room, as an application would
                self.poll(0.1)
        self.sent[at] += 1

    def delivered(self, error, message):
        _, producer, sequence, _ = message.value().decode().split(" ")
        if error is not None:
            self.journal.append(f"failed {producer} {sequence} {error.name()}")
            return
        topic, partition = message.topic(), message.partition()
        offset = message.offset() if message.offset() is not None and message.offset() >= 0 else -1
        _, sent_ms = message.timestamp()
        latency_ms = round(message.latency() * 1000)
        self.partitions.add((topic, partition))
        self.journal.append(
            f"acknowledged {producer} {sequence} {topic} {partition} {offset} {sent_ms} {latency_ms}"
        )

    def poll(self, seconds):
        for producer in self.producers:
            producer.poll(seconds / len(self.producers))

    def run(self):
        everywhere, announced = self.count_partitions(), False
        began = time.monotonic()
        count = 0
        while not self.ended.is_set():
            wanted = (time.monotonic() - began) * self.asked["rate"]
            while count < wanted:
                self.produce()
                count += 1
                if count % 50 == 0:
                    self.poll(0)
            self.poll(0.015)
            self.switch()
            if not announced and len(self.partitions) == everywhere:
                print("producing", flush=True)
                announced = True
        self.flush()

    def flush(self):
        deadline = time.monotonic() + FLUSH_SECONDS
        for producer in self.producers:
            producer.flush(max(1, deadline - time.monotonic()))

    def count_partitions(self):
        """Waits until the brokers know the topics: one that was asked early may not yet."""
        deadline = time.monotonic() + KNOWN_WITHIN_SECONDS
        while True:
            known = self.producers[0].list_topics(timeout=20).topics
            if all(topic in known and known[topic].error is None for topic in self.topics):
                return sum(len(known[topic].partitions) for topic in self.topics)
            if time.monotonic() > deadline:
                raise RuntimeError(f"the brokers do not know all of {self.topics}")
            time.sleep(0.5)

    def sample(self):
        """Asks for the partitions' replicas in sync, by a client of its own."""
        admin, config = None, None
        while not self.ended.is_set():
            if config is not self.config:
                config = self.config
                admin = AdminClient(config)
            try:
                metadata = admin.list_topics(timeout=SAMPLE_TIMEOUT_SECONDS)
                partitions = [
                    partition
                    for topic in self.topics
                    for partition in metadata.topics[topic].partitions.values()
                ]
                under = sum(len(partition.isrs) < self.asked["minIsr"] for partition in partitions)
                leaderless = sum(partition.leader < 0 for partition in partitions)
                self.journal.append(f"isr {time.time_ns() // 10**6} {under} {leaderless}")
            except (KafkaException, KeyError):
                pass  # nobody answers: the sample before holds on
            self.ended.wait(SAMPLE_SECONDS)

    def write(self):
        self.journal += [f"sent {at} {count}" for at, count in enumerate(self.sent)]
        with open(self.asked["journal"], "w", encoding="utf8") as file:
            file.write("\n".join(self.journal) + "\n")


def main():
    load = Load(json.loads(sys.stdin.readline()))

    def listen():
        for line in sys.stdin:
            load.configs.put(json.loads(line)["config"])
        load.ended.set()

    threading.Thread(target=listen, daemon=True).start()
    sampler = threading.Thread(target=load.sample, daemon=True)
    sampler.start()
    load.run()
    sampler.join(2 * SAMPLE_TIMEOUT_SECONDS)
    load.write()
    print("written", flush=True)


if __name__ == "__main__":
    main()
