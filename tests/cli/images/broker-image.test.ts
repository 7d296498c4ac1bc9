import { expect, it } from "vitest";
import { brokerImageTag, repositoryOf } from "../../../cli/images/broker-image.ts";

it("names an image by Kafka's version and the start of its context's hash", () => {
  expect(brokerImageTag("0123456789abcdef0123")).toBe("4.3.1-0123456789ab");
});

it.each([
  ["registry.example/kafka-platform", "registry.example/kafka-platform/broker"],
  ["127.0.0.1:5000/a_b/c-d", "127.0.0.1:5000/a_b/c-d/broker"],
  ["somebody", "somebody/broker"],
])("puts the broker's repository under %s, and the exporter's beside it", (prefix, repository) => {
  expect(repositoryOf(prefix, "broker")).toBe(repository);
  expect(repositoryOf(prefix, "exporter")).toBe(`${prefix}/exporter`);
});

it.each([
  "registry.example/Kafka",
  "registry.example/kafka:4.3.1",
  "registry.example/kafka@sha256:00",
  "https://registry.example/kafka",
  "registry.example/",
  "",
])('refuses "%s"', (prefix) => {
  expect(() => repositoryOf(prefix, "broker")).toThrow(
    `"${prefix}" cannot be the name of a repository: wanted REGISTRY/PATH without tag or digest, ` +
      "in lower case, such as registry.example/kafka-platform.",
  );
});
