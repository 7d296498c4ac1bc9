import { expect, test } from "vitest";
import { codecNotes, fitted } from "../../../model/credentials/client-topics.ts";

const MIB = 1_048_576;
const topic = (name: string, codec: string, mebibytes = 1) => ({
  topic: name,
  codec,
  maxMessageSize: mebibytes * MIB,
});
const PROFILE = {
  producer: { "compression.type": "gzip", "buffer.memory": "33554432" },
  consumer: { "max.poll.records": "500" },
};

test("a producer compresses as its topics declare, and an account without topics as its profile says", () => {
  const codecs = (...codecs: string[]) =>
    fitted(PROFILE, { writes: codecs.map((codec) => topic(codec, codec)), reads: [] }).producer[
      "compression.type"
    ];
  expect([codecs(), codecs("lz4"), codecs("none", "zstd")]).toEqual(["gzip", "lz4", "none"]);
});

test.each([
  [1, {}, {}],
  [2, { "max.request.size": "2097152" }, { "max.partition.fetch.bytes": "2097152" }],
  [
    64,
    { "max.request.size": "67108864", "buffer.memory": "67108864" },
    { "max.partition.fetch.bytes": "67108864", "fetch.max.bytes": "67108864" },
  ],
])("for batches of %j MiB only what is too small is raised", (mebibytes, producer, consumer) => {
  const topics = [topic("small", "gzip", 1), topic("large", "gzip", mebibytes)];
  expect(fitted(PROFILE, { writes: topics, reads: topics })).toEqual({
    producer: { ...PROFILE.producer, ...producer },
    consumer: { ...PROFILE.consumer, ...consumer },
  });
});

test("what a profile makes larger stays as large", () => {
  const consumer = { "max.partition.fetch.bytes": String(4 * MIB) };
  expect(
    fitted({ producer: {}, consumer }, { writes: [], reads: [topic("t", "none", 2)] }).consumer,
  ).toEqual(consumer);
});

test("several codecs are listed with their topics, one is not", () => {
  const writes = [topic("a", "lz4"), topic("b", "gzip"), topic("c", "lz4")];
  expect(codecNotes({ writes, reads: [] })).toEqual([
    "The topics declare several codecs. Set is that of a, which is to have the most bytes.",
    "lz4: a, c",
    "gzip: b",
  ]);
  expect(codecNotes({ writes: [topic("a", "lz4"), topic("c", "lz4")], reads: [] })).toEqual([]);
  expect(codecNotes({ writes: [], reads: writes })).toEqual([]);
});
