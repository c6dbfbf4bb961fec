/**
 * A stand-in for `@std/cli` where JSR cannot be reached: {@linkcode parseArgs}, which gives what
 * the real one gives for the same arguments and options, quirks included.
 *
 * @module
 */

export { type Args, parseArgs, type ParseOptions } from "./parse_args.ts";
