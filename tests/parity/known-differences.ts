import type { KnownDifference } from "./comparison/known-differences.ts";

/**
 * Where the embedded engine differs from the Pulumi CLI and is meant to, with the reason.
 * docs/embedded-engine.md tells users what of it they can notice. An entry that explains nothing any
 * more fails.
 */
export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    stack: "both",
    difference: /^plan \S+::kafka-platform:\w+:\w+::.* changed: pulumi \[\], embedded \["/,
    reason: "the CLI does not say which inputs of a component have changed",
  },
  {
    stack: "dev",
    difference: /^plan .* replaceKeys: pulumi \[\], embedded \["deletedWith"\]$/,
    reason: "the CLI does not say what a resource is replaced with: the volume it lives on",
  },
  {
    stack: "dev",
    difference: /^plan \S+Topic::\S+ replaceKeys: pulumi \[\], embedded \["partitions"\]$/,
    reason:
      "the provider gives as its reason only a note of its own (__meta); both list partitions as changed",
  },
  {
    stack: "dev",
    difference:
      /^plan \S+\$docker:index\/container:Container::\w+ (changed|replaceKeys): pulumi \[\], embedded \["/,
    reason:
      "the CLI does not compare what is replaced only because it depends on something that is deleted first",
  },
  {
    stack: "dev",
    difference:
      /^state \S+\$docker:\S+ inputs (ipamDriver|build (dockerfile|remove)|containerReadRefreshTimeoutMilliseconds|healthcheck startInterval): pulumi .+, embedded has none$/,
    reason: "the provider writes its own defaults into the inputs; Docker has the same ones",
  },
  {
    stack: "dev",
    difference:
      /^state \S+\$docker:\S+ inputs (readOnly|wait|uploads \[secret\] \d+ executable): pulumi has none, embedded false$/,
    reason: "the driver writes a false that was left out",
  },
  {
    stack: "both",
    difference:
      /^state \S+pulumi:providers:kafka::kafka inputs timeout: pulumi has none, embedded 120$/,
    reason: "the driver writes the provider's default time-out",
  },
  {
    stack: "prod",
    difference:
      /^state \S+\$tls:\S+ inputs (rsaBits|isCaCertificate): pulumi has none, embedded (2048|false)$/,
    reason: "the driver writes the provider's own defaults into the inputs",
  },
  {
    stack: "prod",
    difference:
      /^state \S+NetworkPolicy::ui-policy inputs spec ingress: pulumi has none, embedded \[\]$/,
    reason: "the provider leaves an empty list out; Kubernetes takes both for: nobody",
  },
  {
    stack: "dev",
    difference:
      /^objects containers \S+ host (NetworkMode: pulumi "bridge", embedded "kafka-parity"|Binds: pulumi null, embedded \[\]|Init: pulumi false, embedded has none)$/,
    reason:
      "the provider makes a container on the default bridge and moves it; the driver makes it in its network. The networks it ends in are the same",
  },
  {
    stack: "dev",
    difference: /^objects containers \S+ config Volumes: pulumi .+, embedded null$/,
    reason: "the provider declares a mount point besides the mount; the mounts are the same",
  },
];
