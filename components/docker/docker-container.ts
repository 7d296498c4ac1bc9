import type * as docker from "@pulumi/docker";

/** What every container of the platform has in common. */
export function containerDefaults(platform: string, role: string) {
  return {
    name: `${platform}-${role}`,
    hostname: role,
    labels: dockerLabels(platform),
    restart: "unless-stopped",
    // Secrets are files of root's group, readable by nobody else: the process runs as another user.
    groupAdds: ["0"],
    capabilities: { drops: ["ALL"] },
    securityOpts: ["no-new-privileges:true"],
    logDriver: "json-file",
    logOpts: { "max-size": "10m", "max-file": "3" },
  } satisfies Omit<docker.ContainerArgs, "image">;
}

/**
 * Two containers cannot hold one name, one port and one volume; and a changed health check would be
 * reported as an update that leaves the container as it was.
 */
export const containerOptions = { deleteBeforeReplace: true, replaceOnChanges: ["healthcheck"] };

/** Marks what belongs to the platform, so that `docker ps --filter label=kafka-platform` finds it. */
export const dockerLabels = (platform: string) => [{ label: "kafka-platform", value: platform }];

/** A file that only root's group may read: put in before the start, in no image and no environment. */
export const secretFile = (file: string, content: string) => ({
  file,
  content,
  permissions: "0440",
});
