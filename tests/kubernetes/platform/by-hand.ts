import { expect, it } from "vitest";
import { stack } from "./stack.ts";

export function changedByHand(): void {
  it("sees in a refresh what was changed by hand, and the next start mends that alone", async () => {
    const patch = JSON.stringify({ spec: { maxUnavailable: 2 } });
    await stack.kubectl("patch", "pdb", "kafka", "--type", "merge", "--patch", patch);
    const label = "app.kubernetes.io/part-of=somebody-else";
    await stack.kubectl("label", "--overwrite", "service", "kafka-bootstrap", label);

    const refreshed = await stack.succeed("refresh");
    expect(refreshed.stdout.trim().split("\n").toSorted()).toEqual([
      "~ kubernetes:PodDisruptionBudget kafka-budget  [spec]",
      "~ kubernetes:Service kafka-bootstrap  [metadata]",
    ]);
    expect(refreshed.stderr).toMatch(/^refresh kafka-test: succeeded, 2 changed outside/m);
    const mended = await stack.succeed("start");
    expect(mended.stderr).toMatch(/^up kafka-test: succeeded, 2 updated, \d+ unchanged/m);
    const budget = ["get", "pdb", "kafka", "--output", "jsonpath={.spec.maxUnavailable}"];
    expect(await stack.kubectl(...budget)).toBe("1");
    expect((await stack.succeed("refresh")).stderr).toMatch(/: succeeded, \d+ unchanged/m);
  });
}
