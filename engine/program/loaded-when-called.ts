import Module, { createRequire } from "node:module";

const require = createRequire(import.meta.url);

type Functions = Readonly<Record<string, (...args: unknown[]) => unknown>>;

/**
 * Puts functions in the place of a CommonJS module that nobody has loaded yet: the first call of one loads
 * it. A module that is not there, or is loaded, is left alone.
 *
 * @param exported All functions that its importers ask for.
 * @param answered Those that are answered here, without the module.
 */
export function loadedWhenCalled(
  module: string,
  exported: readonly string[],
  answered: Functions = {},
): void {
  const file = fileOf(module);
  if (file === undefined || require.cache[file] !== undefined) return;
  let loaded: Functions | undefined;
  const load = (): Functions => {
    if (loaded === undefined) {
      Reflect.deleteProperty(require.cache, file);
      loaded = require(file) as Functions;
    }
    return loaded;
  };
  const functions = exported.map(
    (name) => [name, (...args: unknown[]) => load()[name]?.(...args)] as const,
  );
  const standIn = new Module(file);
  standIn.exports = { ...Object.fromEntries(functions), ...answered };
  standIn.loaded = true;
  require.cache[file] = standIn;
}

function fileOf(module: string): string | undefined {
  try {
    return require.resolve(module);
  } catch {
    return undefined;
  }
}
