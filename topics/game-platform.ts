import { compactedTable, event } from "../model/topic/topic-profiles.ts";
import type { Domain } from "../model/catalogue/domain-declaration.ts";

/** The game platform: its chat, its players' state, and the pair of services that tries Kafka out. */
export const gamePlatform: Domain = {
  owner: "game-platform",
  topics: {
    "test-topic": event({
      description: "What the example producer sends and the example consumer shows.",
      key: "any",
      classification: "public",
      partitions: 3,
      producerCodec: "gzip",
      eventsPerHour: { from: 0, to: 100_000 },
    }),
    "chat-messages": event({
      description: "Messages of players to each other.",
      key: "room_id",
      classification: "personal",
      partitions: 6,
      eventsPerHour: { from: 10_000, to: 100_000 },
    }),
    "user-state": compactedTable({
      description: "The latest state of each player: online, in a game, away.",
      key: "user_id",
      classification: "personal",
      partitions: 3,
      producerCodec: "lz4",
      eventsPerHour: { from: 1_000, to: 50_000 },
      // Readers start from the beginning, so superseded records go as soon as one in a hundred is.
      config: { "min.cleanable.dirty.ratio": 0.01 },
    }),
  },
  accounts: {
    "example-producer": {
      description: "Sends what it is given over HTTP, to try Kafka out.",
      quota: { producerByteRate: "1 MiB" },
      produces: ["test-topic"],
    },
    "example-consumer": {
      description: "Shows the last records that came, to try Kafka out.",
      quota: { consumerByteRate: "5 MiB" },
      consumes: [{ topics: ["test-topic"], group: "ft-transcendence-consumer" }],
    },
    "chat-service": {
      description: "Takes in messages, and delivers them to players who are online.",
      quota: { producerByteRate: "1 MiB", consumerByteRate: "5 MiB" },
      produces: ["chat-messages"],
      // Players wait for each other's messages.
      consumes: [
        { topics: ["chat-messages"], group: "chat-service", lagBudget: "1m" },
        { topics: ["user-state"], group: "chat-service" },
      ],
    },
    "game-service": {
      description: "Keeps track of who is online and who plays.",
      quota: { producerByteRate: "1 MiB", consumerByteRate: "5 MiB" },
      produces: ["user-state"],
      consumes: [{ topics: ["user-state"], group: "game-service" }],
    },
    "notification-service": {
      description: "Notifies players who are away.",
      quota: { consumerByteRate: "5 MiB" },
      consumes: [{ topics: ["chat-messages", "user-state"], group: "notification-service" }],
    },
  },
};
