import type { Args, Values } from "./args.ts";
import { hasNested, setNested } from "./_nested.ts";
import { OptionNames } from "./_option_names.ts";
import type { Aliases, ParseOptions } from "./parse_options.ts";

export type { Args, ParseOptions };

const LONG = /^--(?<negated>no-)?(?<name>.+?)(?:=(?<value>.*))?$/s;

/**
 * Takes a command line apart into options and operands.
 *
 * `--name value`, `--name=value`, `-n value`, `-n9`, `-n=9` and, for options without a value,
 * `-abc` are understood. A value that starts with `-` is taken for the next option, unless it is
 * joined to the name by `=`. Values and operands that look like numbers become numbers, unless
 * the option (or `_`, for operands) is listed under `string`. What follows a `--` is operands.
 *
 * @throws {TypeError} If an alias is undefined.
 */
export function parseArgs<
  TArgs extends Values<TBooleans, TStrings, TCollectable, TNegatable, TDefault, TAliases>,
  TDoubleDash extends boolean | undefined = undefined,
  TBooleans extends boolean | string | undefined = undefined,
  TStrings extends string | undefined = undefined,
  TCollectable extends string | undefined = undefined,
  TNegatable extends string | undefined = undefined,
  TDefault extends Record<string, unknown> | undefined = undefined,
  TAliases extends Aliases<TName, TAlias> | undefined = undefined,
  TName extends string = string,
  TAlias extends string = string,
>(
  args: readonly string[],
  options: ParseOptions<
    TBooleans,
    TStrings,
    TCollectable,
    TNegatable,
    TDefault,
    TAliases,
    TDoubleDash
  > = {},
): Args<TArgs, TDoubleDash> {
  const end = args.indexOf("--");
  const reader = new ArgsReader(end === -1 ? args : args.slice(0, end), options as ParseOptions);
  reader.read();
  reader.fill();
  const rest = end === -1 ? [] : args.slice(end + 1);
  if (options["--"]) reader.result["--"] = rest;
  else reader.result._.push(...rest);
  return reader.result as Args<TArgs, TDoubleDash>;
}

class ArgsReader {
  readonly result: Args = { _: [] };
  readonly #args: readonly string[];
  readonly #options: ParseOptions;
  readonly #names: OptionNames;
  #at = 0;

  constructor(args: readonly string[], options: ParseOptions) {
    this.#args = args;
    this.#options = options;
    this.#names = new OptionNames(options);
  }

  read(): void {
    while (this.#at < this.#args.length) {
      const arg = this.#args[this.#at++] ?? "";
      if (arg.startsWith("--")) this.#readLong(arg);
      else if (arg.startsWith("-") && arg.length > 1) this.#readShort(arg);
      else if (this.#readOperand(arg)) return;
    }
  }

  /** Gives the options that were not met their defaults. */
  fill(): void {
    for (const [name, value] of Object.entries(this.#options.default ?? {})) {
      if (hasNested(this.result, name)) continue;
      for (const each of [name, ...this.#names.aliasesOf(name)]) {
        setNested(this.result, each, value);
      }
    }
    const { boolean, collect, string } = this.#names;
    for (const name of boolean) {
      if (hasNested(this.result, name)) continue;
      setNested(this.result, name, collect.has(name) ? [] : false);
    }
    for (const name of string) {
      if (collect.has(name) && !hasNested(this.result, name)) setNested(this.result, name, []);
    }
  }

  /** Answers whether it was the last to be read. */
  #readOperand(arg: string): boolean {
    if (this.#options.unknown?.(arg) !== false) {
      this.result._.push(this.#names.string.has("_") ? arg : toNumber(arg));
    }
    if (!this.#options.stopEarly) return false;
    this.result._.push(...this.#args.slice(this.#at));
    return true;
  }

  #readLong(arg: string): void {
    const { negated, name: rest = "", value } = LONG.exec(arg)?.groups ?? {};
    if (value !== undefined) {
      this.#set(rest, this.#names.boolean.has(rest) ? value !== "false" : value, arg);
      return;
    }
    if (negated && this.#names.negatable.has(rest)) {
      this.#set(rest, false, arg, { collect: false });
      return;
    }
    const name = `${negated ?? ""}${rest}`;
    const next = this.#args[this.#at];
    const free = this.#options.boolean !== true && !next?.startsWith("-");
    this.#setWithNext(name, arg, free);
  }

  /** Reads a group such as `-abc`, `-n9` or `-n=9`; its last letter may take the next argument. */
  #readShort(arg: string): void {
    for (let at = 1; at < arg.length - 1; at++) {
      const letter = arg.charAt(at);
      const rest = arg.slice(at + 1);
      const value = attachedValue(letter, rest);
      this.#set(letter, value ?? this.#bare(letter), arg);
      if (value !== undefined) return;
    }
    const last = arg.slice(-1);
    if (last === "-") return;
    const next = this.#args[this.#at] ?? "";
    this.#setWithNext(last, arg, !/^--?[^-]/.test(next));
  }

  /** Sets an option to the next argument if it may have that, or else to what it is without. */
  #setWithNext(name: string, arg: string, free: boolean): void {
    const next = this.#args[this.#at];
    if (next && free && !this.#names.takesNoValue(name)) {
      this.#at++;
      this.#set(name, next, arg);
    } else if (next === "true" || next === "false") {
      this.#at++;
      this.#set(name, next === "true", arg);
    } else {
      this.#set(name, this.#bare(name), arg);
    }
  }

  #bare(name: string): string | boolean {
    return this.#names.string.has(name) ? "" : true;
  }

  #set(name: string, value: string | boolean, arg: string, { collect = true } = {}): void {
    const known = this.#names.knows(name) ||
      (this.#options.boolean === true && /^--[^=]+$/.test(arg));
    if (!known && this.#options.unknown?.(arg, name, value) === false) return;
    const kept = typeof value === "string" && !this.#names.string.has(name)
      ? toNumber(value)
      : value;
    const collected = collect && this.#names.collect.has(name);
    for (const each of [name, ...this.#names.aliasesOf(name)]) {
      setNested(this.result, each, kept, collected);
    }
  }
}

/** The value written in one word with a letter, as in `-n9`, if there is one. */
function attachedValue(letter: string, rest: string): string | undefined {
  if (rest === "-") return rest;
  if (rest === "=") return "";
  if (/[A-Za-z]/.test(letter)) {
    const joined = /=(.+)/.exec(rest)?.[1];
    if (joined !== undefined) return joined;
    if (/\d\.?$/.test(rest)) return rest;
  }
  return rest.length > 1 && /^\W/.test(rest) ? rest : undefined;
}

function toNumber(text: string): string | number {
  return /\S/.test(text) && Number.isFinite(Number(text)) ? Number(text) : text;
}
