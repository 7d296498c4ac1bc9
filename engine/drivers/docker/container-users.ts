/** Names the containers that use a volume, an image or a port, for messages. */
import type Dockerode from "dockerode";
import { ask } from "./daemon-errors.ts";

/** "containers a, b", running or not; `filters` as in `docker ps --filter`. */
export async function usersOf(
  client: Dockerode,
  filters: Readonly<Record<string, string[]>>,
): Promise<string | undefined> {
  const users = await ask(
    client,
    "list containers",
    client.listContainers({ all: true, filters: { ...filters } }),
  );
  const names = users.map((each) => each.Names[0]?.replace(/^\//, "") ?? each.Id.slice(0, 12));
  if (names.length === 0) return undefined;
  return `${names.length === 1 ? "container" : "containers"} ${names.sort().join(", ")}`;
}
