import { SCRAM_ITERATIONS } from "../../../model/credentials/credentials.ts";
import { control } from "../control.ts";

const DAY = 86_400_000;
/** Days that a rotation may take: for so long a stolen first password opens the door beside the new one. */
const LONGEST_ROTATION = 30;

/** Who can log in, and how. */
export const USER_CONTROLS = [
  control(
    {
      id: "user-undeclared",
      title: "Every login is declared",
      severity: "high",
      fix: "Declare the account in topics/, or remove the login: `kafka-platform prune --execute`.",
      source: "CIS Controls 5.1: keep an inventory of accounts",
    },
    ["users"],
    ({ users }, { declared }) => {
      const known = new Set([
        ...declared.accounts.map(({ name }) => name),
        ...declared.platformUsers,
      ]);
      return users
        .filter(({ username }) => !known.has(username))
        .map(({ username }) => ({ subject: `user ${username}`, seen: "declared nowhere" }));
    },
  ),
  control(
    {
      id: "user-missing",
      title: "Every declared account can log in",
      severity: "medium",
      fix: "Run `kafka-platform refresh`, and put the stack up again.",
      source: "This project: accounts are declared",
    },
    ["users"],
    ({ users }, { declared }) => {
      const there = new Set(users.map(({ username }) => username));
      return declared.accounts
        .filter(({ name }) => !there.has(name))
        .map(({ name }) => ({ subject: `user ${name}`, seen: "declared, and has no login" }));
    },
  ),
  control(
    {
      id: "user-mechanism",
      title: "Accounts log in by the mechanisms that are declared",
      severity: "medium",
      fix: "Remove the other credential: `kafka-platform prune --execute`.",
      source: "This project: SCRAM-SHA-512 unless a rotation or a declaration says otherwise",
    },
    ["users"],
    ({ users }, { declared }) => {
      const accounts = new Map(declared.accounts.map((account) => [account.name, account]));
      return users.flatMap(({ username, credentials }) => {
        const mechanisms = accounts.get(username)?.mechanisms;
        return credentials
          .filter(({ mechanism }) => mechanisms?.includes(mechanism) === false)
          .map(({ mechanism }) => ({
            subject: `user ${username}`,
            seen: `logs in by ${mechanism}; declared ${mechanisms?.join(", ") ?? "none"}`,
          }));
      });
    },
  ),
  control(
    {
      id: "user-iterations",
      title: `Passwords are stored after at least ${SCRAM_ITERATIONS} rounds`,
      severity: "medium",
      fix: "Give the account another password: `kafka-platform rotate ACCOUNT`.",
      source: "RFC 7677 wants 4,096 at least and more as hardware grows; this project takes 8,192",
    },
    ["users"],
    ({ users }) =>
      users.flatMap(({ username, credentials }) =>
        credentials
          .filter(({ iterations }) => iterations < SCRAM_ITERATIONS)
          .map(({ mechanism, iterations }) => ({
            subject: `user ${username}, ${mechanism}`,
            seen: `${iterations} rounds`,
          })),
      ),
  ),
  control(
    {
      id: "credential-overdue",
      title: "No credential is older than its account allows",
      severity: "high",
      fix: "Replace it: `kafka-platform rotate ACCOUNT`.",
      source: "This project: rotateAfter of the account",
    },
    ["credentials"],
    ({ credentials }, { today }) =>
      credentials
        .filter(({ due }) => due !== undefined && due < today)
        .map(({ account, due }) => ({
          subject: `account ${account}`,
          seen: `was to be replaced on ${due ?? ""}`,
        })),
  ),
  control(
    {
      id: "rotation-unfinished",
      title: `No rotation takes longer than ${LONGEST_ROTATION} days`,
      severity: "medium",
      fix: "Take the next step: `kafka-platform rotate ACCOUNT`.",
      source: "docs/rotation.md: the old password is good until it is retired",
    },
    ["credentials"],
    ({ credentials }, { today }) =>
      credentials
        .filter(
          ({ secondSince }) =>
            secondSince !== undefined &&
            Date.parse(today) - Date.parse(secondSince) > LONGEST_ROTATION * DAY,
        )
        .map(({ account, secondSince }) => ({
          subject: `account ${account}`,
          seen: `two credentials are good since ${secondSince ?? ""}`,
        })),
  ),
] as const;
