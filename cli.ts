/**
 * The command line tool `series-preview`.
 *
 * @module
 */

import { main } from "./cli/main.ts";
import { runProcess } from "./cli/run_process.ts";

export { main };
export type { CliEnvironment } from "./cli/environment.ts";
export type { ReadEnvironment } from "./retriever/store_options.ts";

if (import.meta.main) await runProcess(Deno.args);
