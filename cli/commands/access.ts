import { accessWarnings } from "../../model/access/access-review.ts";
import { OPERATIONS, type ResourceType } from "../../model/access/operations.ts";
import { noSuch } from "../../model/values/spelling.ts";
import { UserError } from "../../model/values/user-error.ts";
import { accessMatrix, mayAnything, type MatrixRow, topicMatrix } from "../access/access-matrix.ts";
import { askedFor } from "../access/access-question.ts";
import { print, text } from "../terminal/arguments.ts";
import { configFlags, EXIT, FORMAT, type Command } from "../terminal/command.ts";
import {
  type DeclaredAccess,
  declaredAccess,
  principalOf,
  reasonOf,
} from "../access/declared-access.ts";
import { declaredCatalogue } from "../stack/declared-catalogue.ts";
import { stackConfig } from "../stack/effective-config.ts";
import { stackOf } from "../stack/project.ts";
import { textTable } from "../terminal/text-table.ts";

/** What a command has to say, in both forms. */
interface Answer {
  readonly lines: readonly string[];
  readonly json: unknown;
  readonly exitCode?: number;
}

export const command: Command = {
  description:
    "With an operation (write) and a resource (topic:NAME, group:NAME, transactional-id:NAME, cluster): " +
    "whether the account may. The answer no ends with exit code 1, as in `kubectl auth can-i`.",
  positionals: { usage: "[ACCOUNT [OPERATION RESOURCE]]", counts: [0, 1, 3] },
  flags: {
    ...configFlags,
    topic: { type: "string", value: "NAME", description: "every account's rights on one topic" },
    from: {
      type: "string",
      value: "ADDRESS",
      description: "the client's address (default: one that the account is declared to come from)",
    },
    format: FORMAT,
  },
  run(args) {
    const catalogue = declaredCatalogue();
    const topics = catalogue.topics.map(({ name }) => name);
    const access = declaredAccess(catalogue, stackConfig(stackOf(args)));
    const [username, operation, resource] = args.rest;
    const topic = text(args, "topic");
    if (username !== undefined && topic !== undefined) {
      throw new UserError("--topic asks about every account: leave the account out.");
    }
    const from = text(args, "from");
    const answer =
      username === undefined
        ? topic === undefined
          ? overview(access, topics)
          : ofTopic(access, known("topic", topic, topics), from)
        : operation === undefined || resource === undefined
          ? ofAccount(access, subjectOf(access, username, from), topics)
          : decided(
              access,
              subjectOf(access, username, from),
              askedFor(operation, resource, topics),
            );
    print(args, answer);
    return Promise.resolve(answer.exitCode ?? EXIT.fine);
  },
};

interface Subject {
  readonly username: string;
  readonly host: string;
}

function subjectOf(access: DeclaredAccess, username: string, from?: string): Subject {
  const { accounts, superUsers } = access;
  known("account", username, [...accounts.map((one) => one.username), ...superUsers]);
  const account = accounts.find((one) => one.username === username);
  return { username, host: from ?? (account ? homeOf(account) : ANYWHERE) };
}

function known(kind: string, name: string, all: readonly string[]): string {
  if (all.includes(name)) return name;
  throw new UserError(noSuch(kind, name, all));
}

/** Says the same of every address as long as no entry names one. */
const ANYWHERE = "0.0.0.0";

const homeOf = ({ hosts = [] }: DeclaredAccess["accounts"][number]): string => hosts[0] ?? ANYWHERE;

function decided(
  access: DeclaredAccess,
  subject: Subject,
  asked: ReturnType<typeof askedFor>,
): Answer {
  const request = { principal: principalOf(subject.username), host: subject.host, ...asked };
  const decision = access.authorizer.decide(request);
  const reason = reasonOf(decision, request, access.acls);
  return {
    lines: [`${decision.allowed ? "yes" : "no"}: ${reason}`],
    json: { allowed: decision.allowed, reason, ...request },
    exitCode: decision.allowed ? EXIT.fine : EXIT.error,
  };
}

function ofAccount(access: DeclaredAccess, subject: Subject, topics: readonly string[]): Answer {
  const rows = accessMatrix(access, subject, topics);
  const shown = rows.filter((row) => mayAnything(row) && row.sameAs === undefined);
  const denied = topics.filter((topic) =>
    rows.some((row) => row.resourceType === "Topic" && row.name === topic && !mayAnything(row)),
  );
  const from = subject.host === ANYWHERE ? "every address" : subject.host;
  return {
    lines: [
      `${subject.username}, from ${from}:`,
      ...(["Topic", "Group", "TransactionalID", "Cluster"] as const).flatMap((type) =>
        matrixLines(type, shown),
      ),
      "",
      `Everything else is denied; of ${topics.length} declared topics ${denied.length} altogether.`,
    ],
    json: { account: subject.username, from: subject.host, resources: rows },
  };
}

function matrixLines(type: ResourceType, rows: readonly MatrixRow[]): string[] {
  const some = rows.filter(({ resourceType }) => resourceType === type);
  if (some.length === 0) return [];
  return [
    "",
    ...operationTable(
      type,
      some.map(({ name, operations }) => [name, operations]),
    ),
  ];
}

const HEADS: Readonly<Record<ResourceType, string>> = {
  Topic: "TOPIC",
  Group: "CONSUMER GROUP",
  TransactionalID: "TRANSACTIONAL ID",
  Cluster: "CLUSTER",
  DelegationToken: "DELEGATION TOKEN",
  User: "USER",
};

const operationTable = (
  type: ResourceType,
  rows: readonly (readonly [string, MatrixRow["operations"]])[],
  head: string = HEADS[type],
): string[] =>
  textTable([
    [head, ...OPERATIONS[type]],
    ...rows.map(([name, operations]) => [
      name,
      ...Object.values(operations).map((isAllowed) => (isAllowed ? "yes" : "-")),
    ]),
  ]);

function ofTopic(access: DeclaredAccess, topic: string, from: string | undefined): Answer {
  const matrix = topicMatrix(access, topic, (account) => from ?? homeOf(account));
  const rows = Object.entries(matrix).filter(([, operations]) => mayAnything({ operations }));
  return {
    lines: [
      ...operationTable("Topic", rows, "ACCOUNT"),
      "",
      `Super users (${access.superUsers.join(", ")}) may do everything; everybody else nothing.`,
    ],
    json: { topic, accounts: matrix, superUsers: access.superUsers },
  };
}

function overview(access: DeclaredAccess, topics: readonly string[]): Answer {
  const rows = topics.map((topic) => {
    const matrix = Object.entries(topicMatrix(access, topic, homeOf));
    const who = (operation: "Read" | "Write") =>
      matrix.filter(([, operations]) => operations[operation]).map(([name]) => name);
    return { topic, writers: who("Write"), readers: who("Read") };
  });
  const warnings = accessWarnings(topics, access.accounts);
  return {
    lines: [
      ...textTable([
        ["TOPIC", "WRITTEN BY", "READ BY"],
        ...rows.map(({ topic, writers, readers }) => [
          ...[topic, writers.join(", ") || "-", readers.join(", ") || "-"],
        ]),
      ]),
      ...warnings.map((warning) => `warning: ${warning}`),
    ],
    json: { topics: rows, superUsers: access.superUsers, warnings },
  };
}
