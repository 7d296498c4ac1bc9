import * as kafka from "@pulumi/kafka";
import * as pulumi from "@pulumi/pulumi";
import { aclIdentity } from "../../../model/access/acl.ts";
import { ManagedTopic } from "../../../components/kafka/managed-topic.ts";
import { numberedAcls, numberedTopics } from "../numbered-objects.ts";

/** Declares as many topics and ACLs as the configuration says, topics by the project's own component. */

const config = new pulumi.Config();
const provider = new kafka.Provider("kafka", {
  bootstrapServers: [config.require("server")],
  tlsEnabled: false,
  saslMechanism: "scram-sha512",
  saslUsername: config.require("username"),
  saslPassword: config.requireSecret("password"),
});

for (const { name, ...spec } of numberedTopics(config.requireNumber("topics"))) {
  const said = { owner: "benchmark", description: name, classification: "internal" };
  new ManagedTopic(name, { topicName: name, spec, ...said, guarded: false }, { provider });
}
for (const entry of numberedAcls(config.requireNumber("acls"))) {
  new kafka.Acl(
    aclIdentity(entry),
    {
      aclPrincipal: entry.principal,
      aclHost: entry.host,
      aclOperation: entry.operation,
      aclPermissionType: entry.permission,
      aclResourceType: entry.resourceType,
      aclResourceName: entry.resourceName,
      resourcePatternTypeFilter: entry.patternType,
    },
    { provider },
  );
}
