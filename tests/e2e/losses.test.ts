import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  confluent,
  installConfluentClient,
  scramConfig,
} from "../support/kafka/confluent-client.ts";
import type { AclBinding } from "../../clients/kafka/acls.ts";
import type { KafkaAdmin } from "../../clients/kafka/admin.ts";
import type { Outcome } from "../../clients/kafka/errors.ts";
import { DockerStack } from "../support/docker/docker-stack.ts";

/**
 * What people do to a dev stack behind the engine's back, and what one `start` makes of it. Afterwards a
 * client that nobody here wrote logs in as a declared account, and reads what is there by declared rights.
 */

const PORT = 25_270;
const stack = new DockerStack("losses", PORT);
const PLATFORM = "kafka-e2e-losses";
const BROKER = `${PLATFORM}-broker`;
const VOLUME = `${PLATFORM}-data`;

const docker = (...args: readonly string[]): string =>
  execFileSync("docker", args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

interface Login {
  readonly username: string;
  readonly password: string;
}

let accounts: Record<string, Login>;

/** How librdkafka logs in as an account of the stack; a password stays the same whatever is lost. */
function as(account: string) {
  const { username = "", password = "" } = accounts[account] ?? {};
  return scramConfig(`127.0.0.1:${String(PORT)}`, username, password);
}

const topic = "transactions";
const count = () => {
  const group = "spark-streaming";
  return confluent({ action: "count", config: as(group), topic, group });
};

/** What the group needs to count. */
const READS: AclBinding = {
  principal: "User:spark-streaming",
  host: "*",
  operation: "READ",
  permissionType: "ALLOW",
  resourceType: "TOPIC",
  resourceName: topic,
  patternType: "LITERAL",
};

async function byHand(work: (admin: KafkaAdmin) => Promise<Outcome[]>): Promise<void> {
  const admin = await stack.admin();
  try {
    expect(await work(admin)).toEqual([undefined]);
  } finally {
    await admin.close();
  }
}

beforeAll(async () => {
  installConfluentClient();
  const { code, stderr } = await stack.run("start");
  expect(code, stderr).toBe(0);
  const { stdout } = await stack.run("outputs", "--show-secrets");
  ({ accounts } = JSON.parse(stdout) as { accounts: Record<string, Login> });
  const config = as("shop-backend");
  const produced = await confluent({ action: "produce", config, topic, records: ["x"] });
  expect(produced).toEqual({ produced: 1 });
});

afterAll(() => stack.remove());

interface Loss {
  readonly what: string;
  readonly cause: () => unknown;
  /** What the start says that it has found. */
  readonly says: RegExp;
  /** What of the one record that was written is left. @default 1 */
  readonly records?: number;
}

const LOSSES: readonly Loss[] = [
  {
    what: "a topic that was deleted by hand",
    cause: () => byHand((admin) => admin.deleteTopics(["user-state"])),
    says: /^kafka:Topic user-state: is gone$/m,
  },
  {
    what: "a right that was taken away by hand",
    cause: () => byHand((admin) => admin.deleteAcls([READS])),
    says: /^kafka:Acl User:spark-streaming\|\*\|Read\|Allow\|Topic\|transactions\|Literal: is gone$/m,
  },
  {
    what: "a container that was stopped",
    cause: () => docker("stop", BROKER),
    says: /^docker:Container broker: had stopped$/m,
  },
  {
    what: "a container that was removed",
    cause: () => docker("rm", "-f", BROKER),
    says: /^docker:Container broker: is gone$/m,
  },
  {
    what: "a container and its volume that were removed",
    cause: () => {
      docker("rm", "-f", BROKER);
      docker("volume", "rm", VOLUME);
    },
    says: /^docker:Volume broker-data: is gone, and with it the \d+ resources that lived on it$/m,
    records: 0,
  },
];

describe("one start mends, and names,", () => {
  test.for(LOSSES)("$what", async ({ cause, says, records = 1 }) => {
    await cause();
    const { code, stderr } = await stack.run("start");
    expect(code, stderr).toBe(0);
    expect(stderr).toMatch(says);
    expect(await count()).toEqual({ count: records });
  });
});

test("a checkout without the secret is refused at once, and changes nothing", async () => {
  const other = new DockerStack("losses", PORT);
  const { code, stderr } = await other.run("start");
  expect(code).toBe(1);
  expect(stderr).toContain(
    `The volume ${VOLUME} (in use by ${BROKER}) belongs to another checkout`,
  );
  await other.run("destroy", "--yes");
  other.checkout.remove();
  expect(docker("volume", "ls", "-q", "--filter", `name=${VOLUME}`)).toBe(`${VOLUME}\n`);
  expect((await count()).count).toBe(0);
});

test("a refresh says what is gone with the broker, and succeeds; a destroy after it leaves nothing", async () => {
  docker("rm", "-f", BROKER);
  const without = await stack.run("refresh");
  expect(without.code, without.stderr).toBe(0);
  expect(without.stdout).toBe("- docker:Container broker\n");
  expect(without.stderr).toContain("because broker is gone, and stays as it is recorded");
  docker("volume", "rm", VOLUME);
  const empty = await stack.run("refresh");
  expect(empty.code, empty.stderr).toBe(0);
  expect(empty.stdout).toContain("- docker:Volume broker-data\n");
  expect(empty.stdout).toContain(`- kafka:Topic ${topic}\n`);
  const destroyed = await stack.run("destroy", "--yes");
  expect(destroyed.code, destroyed.stderr).toBe(0);
  expect(docker("ps", "-aq", "--filter", `label=kafka-platform=${PLATFORM}`)).toBe("");
});
