import type { TopicUsage } from "../../model/catalogue/topic-usage.ts";

/** Mermaid flow charts of who talks to whom. Names are of a charset that needs no escaping there. */

/** Topics that the same accounts write and read: one box in a chart. */
interface Box {
  readonly topics: readonly string[];
  readonly writers: readonly string[];
  readonly readers: readonly string[];
  /** Those who put there what they cannot process. */
  readonly failing: readonly string[];
}

/** Accounts and the topics between them; topics that everybody uses alike share a box. */
export function topicGraph(topics: readonly string[], usage: TopicUsage): string[] {
  const boxes = boxesOf(topics, usage);
  const accounts = distinct(
    boxes.flatMap((box) => [...box.writers, ...box.failing, ...box.readers]),
  );
  const idOf = new Map(accounts.map((account, at) => [account, `a${at}`]));
  const id = (account: string) => idOf.get(account) ?? "";
  return [
    ...accounts.map((account) => `${id(account)}(["${account}"])`),
    ...boxes.map(({ topics: names }, at) => `t${at}[("${names.join("<br/>")}")]`),
    ...boxes.flatMap(({ writers, readers, failing }, at) => [
      ...writers.map((account) => `${id(account)} --> t${at}`),
      ...failing.map((account) => `${id(account)} -. failed .-> t${at}`),
      ...readers.map((account) => `t${at} --> ${id(account)}`),
    ]),
  ];
}

function boxesOf(topics: readonly string[], { writers, readers }: TopicUsage): Box[] {
  const used = topics.map((topic) => {
    const writing = writers.filter((one) => one.topic === topic);
    const names = (all: readonly { readonly account: string }[]) =>
      distinct(all.map(({ account }) => account));
    return {
      topic,
      writers: names(writing.filter(({ deadLetters }) => !deadLetters)),
      failing: names(writing.filter(({ deadLetters }) => deadLetters)),
      readers: names(readers.filter((one) => one.topic === topic)),
    };
  });
  const alike = Map.groupBy(used, ({ writers: from, failing, readers: to }) =>
    JSON.stringify([from, failing, to]),
  );
  return [...alike.values()].flatMap((same) => {
    const [first] = same;
    return first === undefined ? [] : [{ ...first, topics: same.map(({ topic }) => topic) }];
  });
}

/** Accounts by whose they are, and over how many topics one reaches another. */
export function accountGraph(
  accounts: readonly { readonly name: string; readonly owner: string }[],
  { writers, readers }: TopicUsage,
): string[] {
  const idOf = new Map(accounts.map(({ name }, at) => [name, `a${at}`]));
  const id = (account: string) => idOf.get(account) ?? "";
  const readersOf = Map.groupBy(readers, ({ topic }) => topic);
  const pairs = writers
    .filter(({ deadLetters }) => !deadLetters)
    .flatMap(({ topic, account }) =>
      distinct((readersOf.get(topic) ?? []).map((one) => one.account))
        .filter((reader) => reader !== account)
        .map((reader) => ({ topic, from: account, to: reader })),
    );
  const owners = [...Map.groupBy(accounts, ({ owner }) => owner)];
  return [
    ...owners.flatMap(([owner, own], at) => [
      `subgraph o${at} ["${owner.replaceAll('"', "'")}"]`,
      ...own.map(({ name }) => `  ${id(name)}(["${name}"])`),
      "end",
    ]),
    ...[...Map.groupBy(pairs, ({ from, to }) => `${id(from)} ${id(to)}`).values()].map((same) => {
      const [{ from, to, topic } = { from: "", to: "", topic: "" }] = same;
      const over = same.length === 1 ? topic : `${same.length} topics`;
      return `${id(from)} -- "${over}" --> ${id(to)}`;
    }),
  ];
}

/** A chart from left to right in a block that GitHub and most Markdown viewers draw. */
export const mermaid = (lines: readonly string[]): string[] => [
  "```mermaid",
  "flowchart LR",
  ...lines.map((line) => `  ${line}`),
  "```",
];

const distinct = <T>(all: readonly T[]): T[] => [...new Set(all)];
