import boundaries from "eslint-plugin-boundaries";
import { createNodeResolver, importX } from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

/**
 * The floors of the house: each room, and the rooms that it may import besides itself. CONTRIBUTING.md
 * says in a sentence what each is for. Whatever is not named here may not be imported.
 */
const MAY_IMPORT = {
  program: ["topics", "model", "components", "guards", "images"],
  topics: ["model"],
  components: ["model"],
  guards: ["model", "review", "clients"],
  review: ["model", "policy"],
  policy: ["model"],
  cli: ["topics", "model", "review", "policy", "clients", "operations", "engine-face", "images"],
  services: ["model", "clients", "operations"],
  operations: ["model", "clients"],
  engine: ["values", "clients"],
  clients: ["values"],
  images: [],
  model: ["values"],
  // Part of the model, and below everything: what has no subject of its own.
  values: [],
};

/** Which room a file is in: that of the first pattern that fits. */
const ROOMS = [
  { type: "values", pattern: "model/values/**", partialMatch: false },
  ...Object.keys(MAY_IMPORT)
    .filter((room) => room !== "values" && room !== "program")
    .map((room) => ({ type: room, pattern: `${room}/**`, partialMatch: false })),
];
/** The files of the program stand at the top. */
const PROGRAM = { category: "program", pattern: "*.ts" };
/** The files at the top of engine/ are its face: whoever may import the engine may import these. */
const ENGINE_FACE = { category: "engine-face", pattern: "engine/*.ts" };

const element = (...types) => ({ element: { types: { anyOf: types } } });
const face = (category) => ({ to: { file: { categories: category } } });
const allowed = Object.entries(MAY_IMPORT).map(([room, others]) => {
  const whole = others.filter((other) => other !== "engine-face");
  const rooms = whole.includes("model") ? [...whole, "values"] : whole;
  const faces = others.filter((other) => other === "engine-face").map(face);
  return room === "program"
    ? { from: { file: { categories: room } }, allow: [{ to: element(...rooms) }, face(room)] }
    : { from: { element: { type: room } }, allow: [{ to: element(room, ...rooms) }, ...faces] };
});

/** No import of a package that matches `group` in `files`. */
const withoutPackages = (files, group, message) => ({
  files,
  rules: { "no-restricted-imports": ["error", { patterns: [{ group, message }] }] },
});

export default tseslint.config(
  { ignores: ["node_modules/", ".kafka-platform/"] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ["eslint.config.js", "cli/*.mjs"] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    plugins: { boundaries, "import-x": importX },
    settings: {
      "boundaries/elements": ROOMS,
      "boundaries/files": [PROGRAM, ENGINE_FACE],
      "import/resolver": { node: { extensions: [".ts", ".js", ".mjs"] } },
      "import-x/resolver-next": [createNodeResolver({ extensions: [".ts", ".js", ".mjs"] })],
      "import-x/extensions": [".ts"],
      "import-x/parsers": { "@typescript-eslint/parser": [".ts"] },
    },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "import-x/no-cycle": "error",
    },
  },
  {
    files: ["**/*.ts"],
    ignores: ["tests/**", "vitest.config.ts"],
    rules: { "boundaries/dependencies": ["error", { default: "disallow", policies: allowed }] },
  },
  { files: ["**/*.{js,mjs}"], ...tseslint.configs.disableTypeChecked },
  withoutPackages(
    ["model/**", "topics/**", "review/**", "clients/**"],
    ["@pulumi/*"],
    "This folder is pure: no Pulumi import.",
  ),
  // Tests of the engine and of its drivers look inside; every other test uses its face, as the cli does.
  {
    files: ["tests/**"],
    ignores: [
      "tests/engine/**",
      "tests/broker/**",
      "tests/kubernetes/engine-drivers/**",
      "tests/e2e/docker-drivers/**",
      "tests/support/docker/**",
      "tests/images/**",
    ],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              regex: "/engine/(drivers|plan|program|run|stack|state|values)/",
              message: "Import the face of the engine: engine/index.ts, providers.ts or docker.ts.",
            },
          ],
        },
      ],
    },
  },
  // The thin pack around the rules, and nothing else, knows Pulumi's SDK of policies.
  {
    ...withoutPackages(["policy/**"], ["@pulumi/*"], "Rules are pure; the pack is not."),
    ignores: ["policy/{index,pack,crossguard}.ts"],
  },
);
