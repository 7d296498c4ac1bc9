import * as pulumi from "@pulumi/pulumi";

/**
 * `data` of a Secret, as the API server keeps it. `stringData` would be written and never read back,
 * so nobody would notice a change made by hand.
 */
export const secretData = (
  files: pulumi.Input<Readonly<Record<string, pulumi.Input<string>>>>,
): pulumi.Output<Record<string, string>> =>
  pulumi.secret(pulumi.output(files).apply((known) => encoded(known as Record<string, string>)));

const encoded = (files: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(files).map(([name, content]) => [name, Buffer.from(content).toString("base64")]),
  );
