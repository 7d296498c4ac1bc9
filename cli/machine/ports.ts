import { createServer } from "node:net";
import type Dockerode from "dockerode";
import { observerPorts } from "../../model/observability/observability-settings.ts";
import { kindOf, type PublishedPort } from "../../model/stack/cluster-kinds.ts";
import type { StackConfig } from "../../model/stack/stack-config.ts";
import { UserError } from "../../model/values/user-error.ts";

/** The loopback ports that a stack will publish. */
export const wantedPorts = ({ cluster, ui, observability }: StackConfig): PublishedPort[] => [
  ...kindOf(cluster).ports(cluster),
  ...(ui.enabled ? [{ port: ui.port, purpose: "Kafka UI", key: "ui.port" }] : []),
  ...observerPorts({ cluster, observability }),
];

/**
 * Refuses to begin when a port is taken, before anything is made.
 *
 * @throws UserError that names every taken port, what it is for, and the key that moves it
 */
export async function refuseTakenPorts(
  docker: Dockerode,
  platform: string,
  wanted: readonly PublishedPort[],
): Promise<void> {
  const holders = await portHolders(docker);
  const faults: string[] = [];
  for (const { port, purpose, key } of wanted) {
    const holder = holders.get(port);
    if (holder?.platform === platform || (!holder && (await isFree(port)))) continue;
    const who = holder
      ? `by the container ${holder.container}`
      : `by another program (\`ss -ltnp 'sport = :${String(port)}'\` shows which)`;
    faults.push(
      `\n  - ${String(port)} (${purpose}) is taken ${who}; kafka-platform:${key} moves it`,
    );
  }
  const twice = wanted.filter(
    ({ port }, at) => wanted.findIndex((one) => one.port === port) !== at,
  );
  faults.push(
    ...twice.map(
      ({ port, key }) => `\n  - ${String(port)} is wanted twice; see kafka-platform:${key}`,
    ),
  );
  if (faults.length > 0) throw new UserError(`Ports on 127.0.0.1 are not free:${faults.join("")}`);
}

/** Which container publishes a port, and whose it is. */
async function portHolders(docker: Dockerode) {
  const containers = await docker.listContainers();
  return new Map(
    containers.flatMap(({ Names, Labels, Ports }) =>
      Ports.map(({ PublicPort }) => [
        PublicPort,
        {
          container: Names[0]?.replace(/^\//, "") ?? "(without a name)",
          platform: Labels["kafka-platform"],
        },
      ]),
    ),
  );
}

function isFree(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const server = createServer();
  server.once("error", () => {
    resolve(false);
  });
  server.listen({ port, host: "127.0.0.1", exclusive: true }, () => {
    server.close(() => {
      resolve(true);
    });
  });
  return promise;
}
