import { UI_CONFIG_FILE } from "../../model/broker/ui-config.ts";
import { Undecidable, type Fields } from "../fields.ts";
import { EVERYWHERE, type ResourceRule, show, when } from "../rule.ts";
import type { Subject } from "../subject.ts";
import { CONTAINER, DOCKER_UI, KUBERNETES_UI, SECRET } from "../../model/stack/resource-types.ts";

interface UiConfig {
  readonly auth?: { readonly type?: unknown };
  readonly kafka?: { readonly clusters?: readonly { readonly readOnly?: unknown }[] };
}

/**
 * The UI's configuration file in this resource; undefined where there is none. It is secret as a whole:
 * where nobody knows the stack's secrets it is unknown, and what the component says must do.
 */
function configFile({ resource, fields }: Subject): string | undefined {
  if (resource.type === SECRET) {
    if (fields.isUnknown("data")) return undefined;
    const data = fields.in("data");
    if (!data.has(UI_CONFIG_FILE) || data.isUnknown(UI_CONFIG_FILE)) return undefined;
    return Buffer.from(data.text(UI_CONFIG_FILE) ?? "", "base64").toString();
  }
  if (fields.isUnknown("uploads")) return undefined;
  const file = fields
    .list("uploads")
    .find((upload: Fields) => (upload.text("file") ?? "").endsWith(`/${UI_CONFIG_FILE}`));
  return file === undefined || file.isUnknown("content") ? undefined : file.text("content");
}

function parsed(urn: string, text: string): UiConfig {
  try {
    return JSON.parse(text) as UiConfig;
  } catch {
    throw new Undecidable(urn, `${UI_CONFIG_FILE} is no JSON`);
  }
}

const faults = (auth: unknown, readOnly: readonly unknown[]) => [
  ...when(
    auth === undefined || auth === "DISABLED",
    `auth is ${show(auth as string | undefined)}; wanted "LOGIN_FORM"`,
  ),
  ...when(
    readOnly.length === 0 || readOnly.some((one) => one !== true),
    "readOnly is not set; wanted true",
  ),
];

export const UI_RULES: readonly ResourceRule[] = [
  {
    id: "ui-locked",
    level: "mandatory",
    environments: EVERYWHERE,
    types: [DOCKER_UI, KUBERNETES_UI, SECRET, CONTAINER],
    title: "The UI wants a login, and changes nothing",
    reason: "It reads every topic; what it changed would be a change that nobody declared.",
    fix: "Leave auth and readOnly of the UI's configuration to the platform.",
    check(subject) {
      const { resource, fields } = subject;
      if (resource.type === DOCKER_UI || resource.type === KUBERNETES_UI) {
        return faults(fields.text("auth"), [fields.flag("readOnly")]);
      }
      const file = configFile(subject);
      if (file === undefined) return [];
      const { auth, kafka } = parsed(resource.urn, file);
      return faults(
        auth?.type,
        (kafka?.clusters ?? []).map(({ readOnly }) => readOnly),
      );
    },
  },
];
