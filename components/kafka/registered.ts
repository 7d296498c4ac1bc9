import type * as pulumi from "@pulumi/pulumi";

/**
 * Resolves when all of these are registered: made, or in a preview planned, and refused by no guard. What
 * comes after it waits for them as with `dependsOn`, but no state has to name thousands of dependencies.
 */
export const registered = async (resources: readonly pulumi.Resource[]): Promise<void> => {
  await Promise.all(
    resources.map(({ urn }) => new Promise<void>((resolve) => urn.apply(() => resolve()))),
  );
};
