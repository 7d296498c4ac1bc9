import { planCommand } from "../plan-command.ts";

export const command = planCommand({
  summary: "what `up` would change, without changing it",
  operation: "preview",
  pulumi: ["preview"],
});
