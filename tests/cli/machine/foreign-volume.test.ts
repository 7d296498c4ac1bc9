import { expect, test } from "vitest";
import { refuseForeignVolume } from "../../../cli/machine/foreign-volume.ts";

/** A daemon with these volumes, and these containers that use them. */
const daemon = (volumes: readonly string[], users: readonly string[] = []) => {
  const asked: unknown[] = [];
  const fake = {
    listVolumes: (options: unknown) => {
      asked.push(options);
      return Promise.resolve({ Volumes: volumes.map((Name) => ({ Name })) });
    },
    listContainers: (options: unknown) => {
      asked.push(options);
      return Promise.resolve(users.map((name) => ({ Id: "0", Names: [`/${name}`] })));
    },
  };
  return { asked, docker: fake as unknown as Parameters<typeof refuseForeignVolume>[0] };
};

test("without a volume of that platform there is nothing to refuse", async () => {
  const { docker, asked } = daemon([]);
  await refuseForeignVolume(docker, "shop");
  expect(asked).toEqual([{ filters: { label: ["kafka-platform=shop"] } }]);
});

test("a volume of another secret is refused, with whose it is and the ways on", async () => {
  await expect(refuseForeignVolume(daemon(["shop-data"]).docker, "shop")).rejects.toThrow(
    "The volume shop-data belongs to another checkout, or to one whose .kafka-platform folder is gone: " +
      "its passwords come from a secret that is not here. Start from that checkout, or choose another " +
      "kafka-platform:cluster.name here than shop, or, if its records are not needed, remove it: " +
      "`docker volume rm shop-data`.",
  );
});

test("a volume in use is removed after what uses it", async () => {
  const { docker } = daemon(["shop-data"], ["shop-broker"]);
  await expect(refuseForeignVolume(docker, "shop")).rejects.toThrow(
    /^The volume shop-data \(in use by shop-broker\) .*`docker rm -f shop-broker && docker volume rm shop-data`\.$/,
  );
});
