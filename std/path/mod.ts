/**
 * A stand-in for `@std/path` where JSR cannot be reached: the functions this project uses, with
 * the results of the real ones on Linux and macOS. It knows POSIX paths only, where the real
 * package goes by the platform.
 *
 * @module
 */

export * from "./basename.ts";
export * from "./dirname.ts";
export * from "./extname.ts";
export * from "./from_file_url.ts";
export * from "./is_absolute.ts";
export * from "./join.ts";
export * from "./normalize.ts";
export * from "./relative.ts";
export * from "./resolve.ts";
export * from "./separator.ts";
export * from "./to_file_url.ts";
