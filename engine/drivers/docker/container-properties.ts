/** The properties of `docker.Container` this engine supports, and which of them replace it. */
import { type CheckFailure, type CheckResult, type Properties, UNKNOWN } from "../driver.ts";
import { DURATION } from "../../values/durations.ts";
import { labels } from "./label-rules.ts";
import {
  defaulted,
  flag,
  integer,
  type Known,
  listOf,
  mapOf,
  oneOf,
  optional,
  record,
  required,
  setOf,
  text,
} from "../property-rules.ts";
import { checkTable, known, replaces, updates } from "../property-table.ts";

const duration = text({ pattern: DURATION, wanted: 'a duration such as "10s"' });
const path = text({ pattern: /^\//, wanted: "an absolute path" });
const id = text({ pattern: /^\d+$/, wanted: "a numeric id" });
const port = integer(0, 65535);

const upload = {
  file: required(path),
  content: optional(text({ hidden: true })),
  contentBase64: optional(
    text({ hidden: true, pattern: /^[A-Za-z0-9+/]*={0,2}$/, wanted: "base64" }),
  ),
  /** Mode 0744 instead of 0644. */
  executable: defaulted(flag, false),
  /** Octal mode; overrules `executable`. */
  permissions: optional(text({ pattern: /^0[0-7]{3}$/, wanted: 'an octal mode such as "0400"' })),
  owner: optional(id),
  group: optional(id),
};

const healthcheck = {
  tests: optional(listOf(text())),
  interval: defaulted(duration, "0s"),
  timeout: defaulted(duration, "0s"),
  startPeriod: defaulted(duration, "0s"),
  retries: defaulted(integer(0), 0),
};

const volume = {
  containerPath: required(path),
  volumeName: optional(text()),
  hostPath: optional(path),
  readOnly: optional(flag),
};

const publishedPort = {
  internal: required(integer(1, 65535)),
  external: optional(port),
  ip: defaulted(text(), "0.0.0.0"),
  protocol: defaulted(oneOf("tcp", "udp", "sctp"), "tcp"),
};

/**
 * As the real provider has it, but for `healthcheck`, `init` and `tmpfs`: there a change counts as an
 * update and leaves the container as it was. Here they replace, so that the change takes effect.
 */
export const containerTable = {
  name: replaces(
    required(
      text({
        pattern: /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/,
        wanted: "letters, digits, _ . - (two or more)",
      }),
    ),
  ),
  /** Id or reference of an image the daemon has. */
  image: replaces(required(text())),
  command: replaces(optional(listOf(text()))),
  entrypoints: replaces(optional(listOf(text()))),
  envs: replaces(optional(setOf(text({ hidden: true, pattern: /^[^=]+=/, wanted: "NAME=value" })))),
  hostname: replaces(optional(text())),
  user: replaces(optional(text())),
  groupAdds: replaces(optional(setOf(text()))),
  labels: replaces(optional(labels)),
  ports: replaces(optional(setOf(record(publishedPort)))),
  networkMode: replaces(defaulted(text(), "bridge")),
  networksAdvanced: replaces(
    optional(setOf(record({ name: required(text()), aliases: optional(setOf(text())) }))),
  ),
  volumes: replaces(optional(setOf(record(volume)))),
  tmpfs: replaces(optional(mapOf(text()))),
  uploads: replaces(optional(setOf(record(upload)))),
  healthcheck: replaces(optional(record(healthcheck))),
  logDriver: replaces(optional(text())),
  logOpts: replaces(optional(mapOf(text()))),
  readOnly: replaces(defaulted(flag, false)),
  capabilities: replaces(
    optional(record({ adds: optional(setOf(text())), drops: optional(setOf(text())) })),
  ),
  securityOpts: replaces(optional(setOf(text()))),
  init: replaces(optional(flag)),
  ulimits: replaces(
    optional(
      setOf(
        record({
          name: required(text()),
          soft: required(integer(-1)),
          hard: required(integer(-1)),
        }),
      ),
    ),
  ),
  /** MB. */
  shmSize: replaces(optional(integer(0))),
  sysctls: replaces(optional(mapOf(text()))),
  stopSignal: replaces(optional(text())),
  /** Seconds. */
  stopTimeout: replaces(optional(integer(0))),
  restart: updates(defaulted(oneOf("no", "on-failure", "always", "unless-stopped"), "no")),
  maxRetryCount: updates(optional(integer(0))),
  /** MB. */
  memory: updates(optional(integer(0))),
  /** MB of memory and swap together; -1: unlimited. */
  memorySwap: updates(optional(integer(-1))),
  /** Seconds between the stop signal and the kill, on delete. */
  destroyGraceSeconds: updates(optional(integer(0))),
  /** Remove anonymous volumes with the container. */
  removeVolumes: updates(defaulted(flag, true)),
  start: updates(defaulted(flag, true)),
  /** A refresh that finds the container stopped shows this property as false, and an `up` starts it. */
  mustRun: updates(defaulted(flag, true)),
  /** Wait until the container is healthy. */
  wait: updates(defaulted(flag, false)),
  /** Seconds. */
  waitTimeout: updates(defaulted(integer(0), 60)),
};

export type ContainerArgs = Known<typeof containerTable>;
export type Upload = Known<typeof upload>;

/** In a preview any property may be known later only, and so may any item of a list. */
type InPreview<T> = { readonly [K in keyof T]: T[K] | typeof UNKNOWN };

export function checkContainer(inputs: Properties): CheckResult {
  const result = checkTable(containerTable, inputs);
  // What belongs together is judged once each part has the right shape.
  if (result.failures.length > 0) return result;
  return { ...result, failures: conflicts(known<typeof containerTable>(result.inputs)) };
}

function conflicts(container: InPreview<ContainerArgs>): CheckFailure[] {
  const failures: CheckFailure[] = [];
  const fault = (property: string, reason: string): void => {
    failures.push({ property, reason: `${property} ${reason}` });
  };
  for (const { file, content, contentBase64 } of knownItems(container.uploads)) {
    if ((content === undefined) === (contentBase64 === undefined)) {
      fault("uploads", `entry ${file} needs exactly one of content and contentBase64`);
    }
  }
  for (const { containerPath, volumeName, hostPath } of knownItems(container.volumes)) {
    if (volumeName !== undefined && hostPath !== undefined) {
      fault("volumes", `entry ${containerPath} must not have both volumeName and hostPath`);
    }
  }
  if (container.readOnly === true && knownItems(container.uploads).length > 0) {
    fault("uploads", "cannot be put into a container whose file system is readOnly");
  }
  const { networkMode } = container;
  if (
    knownItems(container.networksAdvanced).length > 0 &&
    networkMode !== UNKNOWN &&
    networkMode !== "bridge"
  ) {
    fault("networkMode", `must be left out with networksAdvanced, not be "${networkMode}"`);
  }
  if (container.wait === true && container.start === false) {
    fault("wait", "needs start: a container that is not started never becomes healthy");
  }
  return failures;
}

function knownItems<T extends object>(
  list: readonly T[] | typeof UNKNOWN | undefined,
): readonly T[] {
  if (list === undefined || list === UNKNOWN) return [];
  return list.filter((item) => typeof item === "object");
}
