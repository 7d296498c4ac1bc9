import { planCommand } from "../engines/plan-command.ts";

export const command = planCommand({
  summary: "reads what really is there, so that the next `up` mends what was changed by hand",
  operation: "refresh",
  pulumi: ["refresh", "--yes"],
});
