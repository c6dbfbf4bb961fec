/** How {@linkcode parseArgs} shall read a command line. The type parameters are inferred. */
export interface ParseOptions<
  TBooleans extends boolean | string | undefined = boolean | string | undefined,
  TStrings extends string | undefined = string | undefined,
  TCollectable extends string | undefined = string | undefined,
  TNegatable extends string | undefined = string | undefined,
  TDefault extends Record<string, unknown> | undefined = Record<string, unknown> | undefined,
  TAliases extends Aliases | undefined = Aliases | undefined,
  TDoubleDash extends boolean | undefined = boolean | undefined,
> {
  /** Keep what follows a `--` under that name, instead of among the operands. */
  "--"?: TDoubleDash;
  /** Other names for an option. */
  alias?: TAliases;
  /** Options that take no value, or `true`: every long option without `=`. */
  boolean?: TBooleans | readonly Extract<TBooleans, string>[];
  /** The values of options that are not given. */
  default?: TDefault & Record<string, unknown>;
  /** Take everything from the first operand on for operands. */
  stopEarly?: boolean;
  /** Options whose values are never made numbers; `_` stands for the operands. */
  string?: TStrings | readonly Extract<TStrings, string>[];
  /** Options that may be repeated; their values make an array. */
  collect?: TCollectable | readonly Extract<TCollectable, string>[];
  /** Options that `--no-` before the name makes false. */
  negatable?: TNegatable | readonly Extract<TNegatable, string>[];
  /** Called with every option not named here and with every operand; `false` leaves it out. */
  unknown?: (arg: string, key?: string, value?: unknown) => unknown;
}

/** Names of options, each with its other name or names. */
export type Aliases<TName = string, TAlias extends string = string> = Partial<
  Record<Extract<TName, string>, TAlias | readonly TAlias[]>
>;
