import { beforeEach, expect, test, vi } from "vitest";
import { evaluate } from "../../policy/evaluate.ts";
import { policyResources } from "../support/policy-resources.ts";
import { prodStack } from "../support/prod-stack.ts";
import { runProgram } from "../support/program.ts";
import { stackFile } from "../support/stack-file.ts";

beforeEach(() => {
  vi.resetModules();
});
const today = new Date("2026-11-25");
test.for(["dev", "prod"] as const)("%s", async (environment) => {
  for (const preview of [true, false]) {
    vi.resetModules();
    const [recorded] = await runProgram(
      environment === "dev" ? stackFile("dev") : await prodStack(),
      { preview },
    );
    const r = policyResources(recorded);
    const t0 = performance.now();
    const f = evaluate(r, { environment, today });
    console.log(environment, preview, performance.now() - t0, "ms", r.length);
    console.log(
      f
        .map((x) => `${x.level} ${x.rule} ${x.urn.split("::").slice(2).join(" ")}: ${x.message}`)
        .join("\n"),
    );
  }
});
