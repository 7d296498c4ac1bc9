import Dockerode from "dockerode";
import { expect, test } from "vitest";
import { ask, askIfPresent, DaemonError } from "../../../../engine/drivers/docker/daemon-errors.ts";
import { failureOf } from "../../../support/pulumi/driver-run.ts";

const client = new Dockerode({ socketPath: "/run/test.sock", host: undefined });

const answer = (statusCode: number, message: string): Promise<string> =>
  Promise.reject(Object.assign(new Error("(HTTP code)"), { statusCode, json: { message } }));

const failing = (
  call: Promise<string>,
  explain?: () => string | Promise<string>,
): Promise<string> => failureOf(ask(client, "do it", call, explain));

test("a refusal is the daemon's words, or better ones", async () => {
  expect(await failing(answer(500, "server error "))).toBe("cannot do it: server error");
  expect(await failing(answer(500, "x"), () => "it is raining")).toBe(
    "cannot do it: it is raining",
  );
  expect(await failing(answer(500, "x"), () => Promise.reject(new Error("no")))).toBe(
    "cannot do it: x",
  );
});

test("the status stays known, and a message is never wrapped twice", async () => {
  const inner = ask(client, "do it", answer(409, "conflict"));
  const outer = ask(client, "do more", inner);
  await expect(outer).rejects.toEqual(new DaemonError("cannot do it: conflict", 409));
});

test("absence is an answer only where it was asked for", async () => {
  expect(await askIfPresent(client, "do it", answer(404, "No such thing"))).toBeUndefined();
  expect(await failureOf(askIfPresent(client, "do it", answer(500, "x")))).toBe("cannot do it: x");
  expect(await failing(answer(404, "No such thing"))).toBe("cannot do it: No such thing");
});

test.each([
  ["ENOENT", "there is no such socket; start Docker, or point DOCKER_HOST at the daemon"],
  ["ECONNREFUSED", "nothing listens there; start Docker, or point DOCKER_HOST at the daemon"],
  [
    "EACCES",
    "this user may not open the socket; add the user to the group docker and log in again",
  ],
])("an unreachable daemon is said with its address: %s", async (code, why) => {
  const error = Object.assign(new Error(code), { code, syscall: "connect" });
  expect(await failing(Promise.reject(error))).toBe(
    `cannot do it: the Docker daemon at unix:///run/test.sock cannot be reached, ${why}`,
  );
});

test("a connection the daemon cuts is said so, a missing file of ours is not the daemon's", async () => {
  const cut = Object.assign(new Error("aborted"), { code: "ECONNRESET" });
  expect(await failing(Promise.reject(cut))).toContain(
    "cannot be reached, it closed the connection",
  );
  const file = Object.assign(new Error("no such file /a"), { code: "ENOENT", syscall: "open" });
  expect(await failing(Promise.reject(file))).toBe("cannot do it: no such file /a");
});

test("a full disk and an interrupt are named", async () => {
  expect(await failing(answer(500, "write /x: no space left on device"))).toBe(
    'cannot do it: the Docker daemon\'s disk is full (write /x: no space left on device); free some, for example with "docker system prune"',
  );
  expect(await failing(Promise.reject(new DOMException("aborted", "AbortError")))).toBe(
    "cannot do it: interrupted",
  );
});
