/** Why a protected resource stays, and what to do about it. */
export function protectedMessage(what: "deleted" | "replaced"): string {
  return `it is protected and cannot be ${what}; take the option protect off and apply that first`;
}
