import { UserError } from "../../model/values/user-error.ts";
import { Exporter } from "./exporter.ts";
import { Problems } from "../../operations/look/problems.ts";
import { statusPages } from "./page/status-page.ts";
import { connectOptions, pageLogin, readConfig } from "./read-config.ts";

/** Longer than a healthy broker takes for any answer, shorter than a cycle. */
const CALL_DEADLINE_MS = 5_000;

/** `main.ts CONFIG.json`: watches the cluster until it gets SIGTERM or SIGINT. */
async function main(file: string | undefined): Promise<void> {
  if (file === undefined) throw new UserError("usage: main.ts CONFIG.json");
  const config = readConfig(file);
  const problems = new Problems((line) => process.stdout.write(`${line}\n`));
  const { page } = config;
  const pages =
    page && statusPages({ config, state: () => exporter.state, login: pageLogin(page) });
  const options = connectOptions(config, CALL_DEADLINE_MS);
  const exporter: Exporter = new Exporter(config, options, problems, pages);
  const port = await exporter.start();
  problems.info(`watching cluster ${config.cluster}, serving on port ${String(port)}`);
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      void exporter.stop().then(() => {
        problems.info(`stopped by ${signal}`);
        process.exit(0);
      });
    });
  }
}

await main(process.argv[2]).catch((error: unknown) => {
  console.error(error instanceof UserError ? error.message : error);
  process.exit(1);
});
