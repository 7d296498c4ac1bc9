import { createHash, timingSafeEqual } from "node:crypto";

/** Whether a request comes from who may see the page: HTTP Basic, so that a browser asks for it. */
export function isLoggedIn(
  authorization: string | undefined,
  login: { readonly username: string; readonly password: string },
): boolean {
  const [scheme, encoded = ""] = (authorization ?? "").split(" ");
  const given = Buffer.from(encoded, "base64").toString("utf8");
  const isSame = same(given, `${login.username}:${login.password}`);
  return scheme?.toLowerCase() === "basic" && isSame;
}

/** Takes as long for a nearly right answer as for a wrong one. */
const same = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other));
const digest = (text: string) => createHash("sha256").update(text).digest();
