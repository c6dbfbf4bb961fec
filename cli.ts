/**
 * The command line tool `series-preview`.
 *
 * @module
 */

import { main } from "./cli/main.ts";

export { main };
export type { CliEnvironment } from "./cli/environment.ts";
export type { ReadEnvironment } from "./retriever/store_options.ts";

if (import.meta.main) Deno.exit(await main(Deno.args));
