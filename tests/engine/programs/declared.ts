import * as pulumi from "@pulumi/pulumi";
import type { Declaration, DeclaredOptions } from "../declaration.ts";

/** Makes whatever the configuration value `declarations` lists. */

class Fake extends pulumi.CustomResource {
  declare readonly address: pulumi.Output<string>;
  declare readonly token: pulumi.Output<string>;
  declare readonly password: pulumi.Output<string>;
}

class Endpoint extends pulumi.ProviderResource {}

class Group extends pulumi.ComponentResource {}

const config = new pulumi.Config();
const declarations = config.requireObject<Declaration[]>("declarations");
const made = new Map<string, pulumi.Resource>();
const endpoints = new Map<string, Endpoint>();

const hooks: Record<string, pulumi.ResourceHook> = {};
for (const name of config.getObject<string[]>("hooks") ?? []) {
  hooks[name] = new pulumi.ResourceHook(
    name,
    ({ urn, newInputs, oldInputs }) => {
      void pulumi.log.info(`hook ${name} ${urn.slice(urn.lastIndexOf(":") + 1)}`);
      const inputs = (newInputs ?? oldInputs) as { size?: number };
      if (name.startsWith("refuse") && inputs.size === 13) throw new Error("13 is unlucky");
    },
    { onDryRun: !name.endsWith("live") },
  );
}

function resource(name: string): pulumi.Resource {
  const found = made.get(name) ?? endpoints.get(name);
  if (found === undefined) throw new Error(`${name} is not declared yet`);
  return found;
}

function resolve(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(resolve);
  if (typeof value !== "object" || value === null) return value;
  if ("$secret" in value) return pulumi.secret(resolve(value.$secret));
  if ("$config" in value) return config.requireSecret(String(value.$config));
  if ("$output" in value) {
    const [name, property] = String(value.$output).split(".");
    return Reflect.get(resource(name ?? ""), property ?? "") as unknown;
  }
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, resolve(part)]));
}

function endpoint(name: string): Endpoint {
  const found = endpoints.get(name);
  if (found === undefined) throw new Error(`the provider ${name} is not declared yet`);
  return found;
}

function options(declared: DeclaredOptions): pulumi.CustomResourceOptions {
  const { parent, dependsOn, deletedWith, provider, hooks: bound, ...plain } = declared;
  return {
    ...plain,
    ...(parent && { parent: resource(parent) }),
    ...(dependsOn && { dependsOn: dependsOn.map(resource) }),
    ...(deletedWith && { deletedWith: resource(deletedWith) }),
    ...(provider && { provider: endpoint(provider) }),
    ...(bound && {
      hooks: Object.fromEntries(
        Object.entries(bound).map(([phase, names]) => [phase, names.map((name) => hooks[name])]),
      ),
    }),
  };
}

/** Computed outputs exist on a resource object only when they were announced as inputs. */
const computed = { address: undefined, token: undefined };

for (const { name, type = "Thing", inputs = {}, options: declared = {} } of declarations) {
  const args = resolve(inputs) as pulumi.Inputs;
  const opts = options(declared);
  switch (type) {
    case "Provider":
      endpoints.set(name, new Endpoint("fake", name, args, opts));
      break;
    case "Group":
      made.set(name, new Group("test:index:Group", name, args, opts));
      break;
    default:
      made.set(name, new Fake(`fake:index:${type}`, name, { ...computed, ...args }, opts));
  }
}

switch (config.get("misbehave")) {
  case "throw":
    throw new Error("the program gave up");
  case "exit":
    setTimeout(() => process.exit(0), 200);
    break;
  case "invoke":
    await pulumi.runtime.invoke("fake:index:lookup", {});
    break;
  case "get":
    new Fake("fake:index:Thing", "foreign", {}, { id: "foreign" });
    break;
  case "transform":
    pulumi.runtime.registerResourceTransform(() => undefined);
    break;
  case "log":
    console.log(`program ${process.pid}`);
    void pulumi.log.warn(`leaking ${config.require("secret")}`);
    break;
}

export const outputs = resolve(config.getObject("outputs") ?? {});
