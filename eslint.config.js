import tseslint from "typescript-eslint";

/** Files in `folder` may not import what matches `group`: the direction of imports, enforced. */
const forbid = (files, patterns) => ({
  files,
  rules: {
    "no-restricted-imports": [
      "error",
      { patterns: patterns.map(([group, message]) => ({ group, message })) },
    ],
  },
});

const config = [
  ["**/config.ts", "**/index.ts", "**/composition/**"],
  "Only the composition root reads configuration.",
];
const engine = [["**/engine/**", "**/cli/**"], "Product code never knows which engine runs it."];
const pulumi = [["@pulumi/*"], "This folder is pure: no Pulumi import."];
const adapters = [
  ["**/kafka-admin/**", "**/kubernetes-api/**", "**/guards/**"],
  "Policies judge what is declared; they ask no cluster.",
];
const topics = [["**/topics/**"], "Components receive declarations; they never import them."];
const policies = [
  ["**/policy/**/*.ts"],
  "Policies judge resources from outside; nothing that makes them may know the rules.",
];
const classes = [
  ["**/components/cluster/**", "**/components/access/**", "**/components/topic/**"],
  "Declarations are data; import only components/settings.",
];

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
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/consistent-type-imports": "error",
    },
  },
  { files: ["**/*.{js,mjs}"], ...tseslint.configs.disableTypeChecked },
  forbid(["components/settings/**"], [pulumi, [["../**"], "Settings import nothing of ours."]]),
  forbid(["components/{cluster,access,topic}/**"], [config, engine, topics, policies]),
  forbid(["topics/**"], [pulumi, config, engine, classes, policies]),
  forbid(["config.ts", "index.ts", "composition/**"], [engine, policies]),
  forbid(["policy/**/*.ts"], [pulumi, config, topics, engine, classes, adapters]),
  // The thin pack around the rules, and nothing else, knows Pulumi's SDK of policies.
  forbid(["policy/{index,pack,crossguard}.ts"], [config, topics, engine, classes, adapters]),
  forbid(["guards/**"], [config, topics, engine, classes]),
  forbid(
    ["changes/**"],
    [
      ...[pulumi, config, topics, engine, adapters],
      [["**/policy/**", "!**/policy/resource.ts"], "Of the policies only what a resource is."],
      [["**/report/**"], "Reports show what is decided here; guards ask here, too."],
    ],
  ),
  forbid(["kafka-admin/**", "kubernetes-api/**"], [pulumi, config, topics, engine, classes]),
  forbid(
    ["engine/**"],
    [config, topics, classes, [["**/cli/**"], "cli imports engine, never back."]],
  ),
  forbid(
    ["report/**"],
    [
      pulumi,
      config,
      topics,
      engine,
      [["**/kafka-admin/**"], "A report is made from a plan alone."],
    ],
  ),
  forbid(
    ["cli/**"],
    [[["**/index.ts", "**/composition/**"], "Only engines and tests import the program."]],
  ),
);
