import type { Catalogue } from "../../model/catalogue/catalogue.ts";
import { type DeclaredAccess, principalOf } from "../access/declared-access.ts";

/** Beginnings of topics' names that declarations speak of, such as `tda_*`, and the account they are of. */
export const declaredPrefixes = ({ accounts }: Catalogue): { prefix: string; account: string }[] =>
  accounts.flatMap(({ name: account, grants, groupGrants }) =>
    [grants, ...Object.values(groupGrants)]
      .flatMap(({ produces, consumes }) => [
        ...produces,
        ...consumes.flatMap(({ topics }) => topics),
      ])
      .filter((topic) => topic.endsWith("*"))
      .map((prefix) => ({ prefix, account })),
  );

/** The account that may create a topic of a name, so that its client may have done so. */
export const topicCreator =
  ({ accounts, authorizer }: DeclaredAccess) =>
  (topic: string): string | undefined =>
    accounts.find(({ username, hosts = ["0.0.0.0"] }) =>
      hosts.some((host) =>
        authorizer.allows({
          principal: principalOf(username),
          host,
          operation: "Create",
          resourceType: "Topic",
          resourceName: topic,
        }),
      ),
    )?.username;
