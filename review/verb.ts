/** What becomes of a resource. */
export type Verb = "create" | "update" | "replace" | "delete" | "same";

export const VERB_SIGNS: Readonly<Record<Verb, string>> = {
  create: "+",
  update: "~",
  replace: "±",
  delete: "-",
  same: " ",
};

/** Words of a summary, in its order: of what is to be done, and of what was done. */
export const CHANGING_VERBS = [
  ["create", "to create", "created"],
  ["update", "to update", "updated"],
  ["replace", "to replace", "replaced"],
  ["delete", "to delete", "deleted"],
] as const;
