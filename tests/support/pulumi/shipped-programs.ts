import type { Environment } from "../../../model/values/environment.ts";
import type { PolicyResource } from "../../../policy/resource.ts";
import { DOMAINS } from "../../../topics/domains.ts";
import { policyResources } from "./policy-resources.ts";
import { prodStack } from "../kubernetes/prod-stack.ts";
import { type ProgramRun, runProgram } from "./program.ts";
import { stackFile } from "./stack-file.ts";

/** What the program registers in a preview with a committed stack file, as policies see it. */
export async function shippedProgram(
  stack: Extract<Environment, "dev" | "prod">,
  domains: ProgramRun["domains"] = DOMAINS,
): Promise<PolicyResource[]> {
  const config = stack === "dev" ? stackFile("dev") : await prodStack();
  const [recorded] = await runProgram(config, { preview: true, domains });
  return policyResources(recorded);
}
