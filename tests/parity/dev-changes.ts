import type { Change } from "./recording.ts";

/** Changes to the dev stack, as people make them. */

const ECOMMERCE = "topics/e-commerce.ts";

const replaced =
  (from: string | RegExp, to: string) =>
  (text: string): string =>
    text.replace(from, to);

export const devChanges: readonly Change[] = [
  {
    what: "a topic's retention",
    make: (files) => {
      files.edit(ECOMMERCE, replaced('retention: "90d"', 'retention: "60d"'));
    },
  },
  {
    what: "more partitions",
    make: (files) => {
      files.edit(ECOMMERCE, replaced("partitions: 12", "partitions: 16"));
    },
  },
  {
    what: "fewer partitions",
    make: (files) => {
      files.edit(ECOMMERCE, replaced("partitions: 12", "partitions: 6"));
    },
  },
  {
    what: "a right that goes",
    make: (files) => {
      files.edit(ECOMMERCE, replaced(', "fraud-alerts"],\n          group', "],\n          group"));
    },
  },
  {
    what: "a topic that goes, with the rights to it",
    make: (files) => {
      files.edit(ECOMMERCE, (text) =>
        text
          .replace(/ {4}"fraud-alerts": event\(\{[\s\S]*?\n {4}\}\),\n/, "")
          .replaceAll(/,? ?"fraud-alerts"(?!:)/g, ""),
      );
    },
  },
  {
    what: "an account that goes",
    make: (files) => {
      files.edit(ECOMMERCE, replaced(/ {4}"shop-dashboards": \{[\s\S]*?\n {4}\},\n/, ""));
    },
  },
  {
    what: "another quota for an account",
    make: (files) => {
      const quota = (rate: string) => `quota: { consumerByteRate: "${rate} MiB" },`;
      files.edit(ECOMMERCE, replaced(quota("5"), quota("1")));
    },
  },
  {
    what: "another client port",
    make: (files) => {
      files.set("cluster", "clientPort", 26192);
    },
  },
  {
    what: "more memory for the broker",
    make: (files) => {
      files.set("cluster", "memory", "1280 MiB");
    },
  },
  {
    what: "another broker image",
    make: (files) => {
      files.edit("images/kafka/entrypoint.sh", (text) => `${text}\n# another image\n`);
    },
  },
  {
    what: "another UI port",
    make: (files) => {
      files.set("ui", "port", 26180);
    },
  },
  {
    what: "no UI",
    make: (files) => {
      files.set("ui", "enabled", false);
    },
  },
  {
    what: "another name, and so another volume",
    make: (files) => {
      files.set("cluster", "name", "kafka-parity-renamed");
    },
  },
];

/** Made for real: topics, rights, a quota and both containers change in one run. */
export const devMade: Change = {
  what: "all of a day's work at once",
  make: (files) => {
    for (const change of devChanges) {
      if (MADE.has(change.what)) change.make(files);
    }
  },
};

const MADE = new Set([
  "more partitions",
  "a right that goes",
  "an account that goes",
  "another client port",
  "another broker image",
  "another UI port",
]);
