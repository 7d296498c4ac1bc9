import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fetchDependencies } from "../../../images/jars.ts";
import { SECRET_PROVIDER } from "../../../model/broker/broker-security.ts";
import { SECRETS_FOLDER } from "../../../model/broker/secret-files.ts";
import { tieredStorageProperties } from "../../../model/broker/tiered-storage.ts";
import { JarBroker } from "./jar-broker.ts";

const CACHE = path.resolve(import.meta.dirname, "../../../.kafka-platform/cache");
const POM = path.join(import.meta.dirname, "tiered-jars", "pom.xml");

const USER = { username: "tiered", password: "only-on-this-broker" };

/** A broker with tiered storage as the platform renders it, and the folder that Kafka's test plugin keeps. */
export interface TieredBroker {
  readonly broker: JarBroker;
  readonly store: string;
  destroy(): Promise<void>;
}

export async function tieredBroker(heapMb?: number): Promise<TieredBroker> {
  const jars = await fetchDependencies(CACHE, "tiered-jars", POM);
  const folder = await mkdtemp(path.join(tmpdir(), "tiered-broker-"));
  const [secrets, store] = [path.join(folder, "secrets"), path.join(folder, "store")];
  await mkdir(secrets);
  await writeFile(path.join(secrets, USER.username), USER.password, { mode: 0o600 });
  const rendered = tieredStorageProperties(
    {
      managerClass: "org.apache.kafka.server.log.remote.storage.LocalTieredStorage",
      classPath: path.join(jars, "libs", "*"),
      properties: { dir: store },
    },
    {
      listener: "CLIENT",
      login: { username: USER.username, passwordFile: USER.username },
      replicationFactor: 1,
    },
  );
  const properties = Object.fromEntries(
    Object.entries(rendered).map(([key, value]) => [key, value.replace(SECRETS_FOLDER, secrets)]),
  );
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const broker = await JarBroker.start({
      ...(heapMb === undefined ? {} : { heapMb }),
      users: [USER],
      properties: {
        ...SECRET_PROVIDER,
        ...properties,
        "super.users": `User:admin;User:controller;User:${USER.username}`,
        // Half a minute and five minutes otherwise.
        "remote.log.manager.task.interval.ms": "500",
        "log.retention.check.interval.ms": "500",
        "log.initial.task.delay.ms": "500",
      },
    });
    return {
      broker,
      store,
      destroy: async () => {
        await broker.destroy();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
