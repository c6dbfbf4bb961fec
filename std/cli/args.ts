import type { Aliases } from "./parse_options.ts";

/** What {@linkcode parseArgs} returns: the options by name, and the operands. */
export type Args<
  // deno-lint-ignore no-explicit-any
  TArgs extends Record<string, unknown> = Record<string, any>,
  TDoubleDash extends boolean | undefined = undefined,
> =
  & TArgs
  & {
    /** The operands: all that belongs to no option. */
    _: (string | number)[];
  }
  & (boolean extends TDoubleDash ? { "--"?: string[] }
    : TDoubleDash extends true ? { "--": string[] }
    : unknown);

/** The options by name: those named to {@linkcode parseArgs} with their types, others unknown. */
export type Values<
  TBooleans,
  TStrings,
  TCollectable,
  TNegatable,
  TDefault,
  TAliases extends Aliases | undefined,
> = [undefined, undefined, undefined] extends
  [TBooleans | (false extends TBooleans ? undefined : never), TStrings, TCollectable]
  // deno-lint-ignore no-explicit-any
  ? Record<string, any>
  :
    & Record<string, unknown>
    & WithAliases<
      WithDefaults<
        & { [Name in Single<TStrings, TCollectable>]?: string | Negated<Name, TNegatable> }
        & { [Name in Single<TBooleans, TCollectable>]: boolean }
        & { [Name in Both<TStrings, TCollectable>]: string[] | Negated<Name, TNegatable> }
        & { [Name in Both<TBooleans, TCollectable>]: boolean[] }
        & {
          [Name in Single<TCollectable, TStrings | TBooleans>]:
            | unknown[]
            | Negated<Name, TNegatable>;
        },
        TDefault
      >,
      TAliases
    >;

type Single<TNames, TOthers> = Exclude<Extract<TNames, string>, TOthers>;
type Both<TNames, TOthers> = Extract<Extract<TNames, string>, TOthers>;
type Negated<TName, TNegatable> = TName extends TNegatable ? false : never;

type WithDefaults<TArgs, TDefault> = TDefault extends Record<string, unknown> ?
    & Omit<TArgs, keyof TDefault>
    & {
      [Name in keyof TDefault]: Name extends keyof TArgs ? TDefault[Name] | NonNullable<TArgs[Name]>
        : unknown;
    }
  : TArgs;

type WithAliases<TArgs, TAliases extends Aliases | undefined> = {
  [Name in keyof TArgs as Name | AliasesOf<Name, TAliases>]: TArgs[Name];
};

type AliasesOf<TName, TAliases> = TName extends keyof TAliases
  ? string extends TAliases[TName] ? never
  : TAliases[TName] extends string ? TAliases[TName]
  : TAliases[TName] extends string[] ? TAliases[TName][number]
  : never
  : never;
