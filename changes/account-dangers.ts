import { compileGrants, type Grants } from "../components/access/grants.ts";
import type { Danger } from "./judgement.ts";
import { accessDanger, lostAccess } from "./lost-access.ts";
import { isRecord } from "./property-value.ts";

/** What an account cannot do any more when its declaration changes, from the inputs of its component. */
export function accountDangers(before: unknown, after: unknown): Danger[] {
  return lostAccess(entriesOf(before), entriesOf(after)).map(accessDanger);
}

/** None for what is not the inputs of an account: a state that an older program left. */
function entriesOf(inputs: unknown) {
  if (!isRecord(inputs) || typeof inputs["username"] !== "string") return [];
  if (!isRecord(inputs["grants"])) return [];
  const access = inputs as {
    readonly username: string;
    readonly grants: Grants;
    readonly groups?: Readonly<Record<string, Grants>>;
    readonly hosts?: readonly string[];
  };
  return compileGrants(access).map(({ entry }) => entry);
}
