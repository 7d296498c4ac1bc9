/**
 * A fault the user can act on. The message says what is wrong, where, and what to do; it is shown
 * as it is, without a stack trace.
 */
export class UserError extends Error {
  override readonly name = "UserError";
}

/** The message of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Whether `error` is a failed system call with this code, such as `ENOENT`. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
