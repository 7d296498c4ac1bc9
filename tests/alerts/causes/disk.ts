/** A broker's disk that fills up. */
import { statfsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Broker, podOf } from "../../faults/brokers.ts";
import type { ClusterUnderTest } from "../../faults/cluster.ts";
import {
  free,
  mountSmallDisk,
  unmountSmallDisk,
  volumeFolder,
  wipe,
} from "../../faults/injection/disks.ts";

const DISK_MEBIBYTES = 512;
/** Above what somebody is called for, and below what stops the broker. */
const FULL = 0.9;

const restart = ({ stack }: ClusterUnderTest, broker: Broker): Promise<string> =>
  stack.kubectl("delete", "pod", podOf(broker));

/** Gives a broker a small disk in the place of its own. */
export async function getsSmallDisk(cluster: ClusterUnderTest, broker: Broker): Promise<void> {
  await mountSmallDisk(await volumeFolder(cluster, broker), DISK_MEBIBYTES);
  await restart(cluster, broker);
  await cluster.healthy();
}

/** @returns when the disk was nearly full */
export async function fillsUp(cluster: ClusterUnderTest, broker: Broker): Promise<number> {
  const folder = await volumeFolder(cluster, broker);
  const { blocks, bavail, bsize } = statfsSync(folder);
  const bytes = Math.floor((bavail - blocks * (1 - FULL)) * bsize);
  if (bytes <= 0) throw new Error(`the disk of ${podOf(broker)} is full already`);
  writeFileSync(path.join(folder, "filler-0"), Buffer.alloc(bytes, 1));
  return Date.now();
}

/** Frees what filled it, and gives the broker its own disk back, empty. */
export async function getsItsDiskBack(cluster: ClusterUnderTest, broker: Broker): Promise<void> {
  const folder = await volumeFolder(cluster, broker);
  free(folder);
  await unmountSmallDisk(folder);
  wipe(folder);
  await restart(cluster, broker);
  await cluster.healthy();
}
