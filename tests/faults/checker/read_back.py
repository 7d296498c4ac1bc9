"""Reads topics from their beginning to their present end with librdkafka, and writes down what is there.

Reads {"config": {...}, "topics": ["a"], "output": "/path"} from standard input. Writes a line for each record, within
a partition in the order of offsets: TOPIC PARTITION OFFSET VALUE.
"""

import json
import sys
import time

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaException, TopicPartition

STILL_SECONDS = 60


def main():
    asked = json.load(sys.stdin)
    # No group is joined and nothing is committed; the name is only asked for.
    consumer = Consumer({**asked["config"], "group.id": "read-back", "enable.auto.commit": False})
    left = {}
    for topic in asked["topics"]:
        found = consumer.list_topics(topic, timeout=20).topics[topic]
        if found.error is not None:
            raise KafkaException(found.error)
        for partition in found.partitions:
            _, high = consumer.get_watermark_offsets(TopicPartition(topic, partition), timeout=20)
            left[(topic, partition)] = high
    ends = dict(left)
    consumer.assign([TopicPartition(topic, at, OFFSET_BEGINNING) for topic, at in left])
    left = {place: end for place, end in left.items() if end > 0}
    deadline = time.monotonic() + STILL_SECONDS
    with open(asked["output"], "w", encoding="utf8") as output:
        while left:
            if time.monotonic() > deadline:
                raise RuntimeError(f"nothing came for {STILL_SECONDS} s; still to be read: {left}")
            for message in consumer.consume(1000, timeout=1.0):
                if message.error() is not None:
                    raise KafkaException(message.error())
                deadline = time.monotonic() + STILL_SECONDS
                place = (message.topic(), message.partition())
                # The end is the one of before: nobody produces any more, and more would be a fault to see.
                output.write(f"{place[0]} {place[1]} {message.offset()} {message.value().decode()}\n")
                if message.offset() + 1 >= ends[place]:
                    left.pop(place, None)
    consumer.close()


if __name__ == "__main__":
    main()
