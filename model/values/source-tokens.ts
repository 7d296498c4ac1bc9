/** A word, a text, a number or a sign of a source file, and where it begins. */
export interface Token {
  readonly text: string;
  readonly at: number;
}

const TOKEN =
  /\/\/[^\n]*|\/\*[^]*?\*\/|\s+|"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*'|[\p{ID_Start}$_][\p{ID_Continue}$]*|\d[\w.]*|[^]/uy;
const REGULAR_EXPRESSION = /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/\w*/uy;
/** The text of a template, up to its end or to a value in it. */
const TEMPLATE = /(?:[^`\\$]|\\[^]|\$(?!\{))*(`|\$\{)/uy;

/** After these a slash begins a regular expression, and does not divide. */
const BEFORE_EXPRESSION = /^(?:[^\w$"'`)\]}]|return|typeof|case)$/u;

/**
 * The tokens of a TypeScript source, without comments. A template counts as no token, but for what stands
 * in its `${` and `}`.
 */
export function sourceTokens(source: string): Token[] {
  const tokens: Token[] = [];
  const open: string[] = [];
  const match = (form: RegExp, at: number): RegExpExecArray | null => {
    form.lastIndex = at;
    return form.exec(source);
  };
  let at = 0;
  const template = () => {
    const [text = "", end] = match(TEMPLATE, at) ?? [source.slice(at)];
    at += text.length;
    if (end === "${") {
      open.push(end);
      tokens.push({ text: end, at });
    }
  };
  while (at < source.length) {
    const previous = tokens.at(-1)?.text ?? ";";
    const expression = BEFORE_EXPRESSION.test(previous) ? match(REGULAR_EXPRESSION, at) : null;
    const comment = source.startsWith("//", at) || source.startsWith("/*", at);
    const [text = ""] = (!comment && expression) || (match(TOKEN, at) ?? []);
    const token = { text, at };
    at += text.length || 1;
    if (comment || text.trim() === "") continue;
    if (text === "`") {
      template();
      continue;
    }
    tokens.push(token);
    if (text === "{") open.push(text);
    if (text === "}" && open.pop() === "${") template();
  }
  return tokens;
}
