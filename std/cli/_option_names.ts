import type { ParseOptions } from "./parse_options.ts";

/** Which names mean what, with every alias beside the name it stands for. */
export class OptionNames {
  readonly boolean: ReadonlySet<string>;
  readonly string: ReadonlySet<string>;
  readonly collect: ReadonlySet<string>;
  readonly negatable: ReadonlySet<string>;
  readonly #aliases = new Map<string, readonly string[]>();

  constructor(options: ParseOptions) {
    for (const [name, value] of Object.entries(options.alias ?? {})) {
      if (value === undefined) throw new TypeError("Alias value must be defined");
      const group = [name, ...(typeof value === "string" ? [value] : value)];
      for (const member of group) {
        this.#aliases.set(member, group.filter((other) => other !== member));
      }
    }
    this.boolean = this.#named(options.boolean);
    this.string = this.#named(options.string);
    this.collect = this.#named(options.collect);
    this.negatable = this.#named(options.negatable);
  }

  /** The other names of an option. */
  aliasesOf(name: string): readonly string[] {
    return this.#aliases.get(name) ?? [];
  }

  /** Whether the option, or one of its other names, takes no value. */
  takesNoValue(name: string): boolean {
    return this.boolean.has(name) || this.aliasesOf(name).some((other) => this.boolean.has(other));
  }

  /** Whether the name was told as anything but negatable. */
  knows(name: string): boolean {
    return this.boolean.has(name) || this.string.has(name) || this.collect.has(name) ||
      this.#aliases.has(name);
  }

  #named(names: boolean | string | readonly string[] | undefined): ReadonlySet<string> {
    if (names === undefined || typeof names === "boolean") return new Set();
    const list = typeof names === "string" ? [names] : names;
    return new Set(list.filter(Boolean).flatMap((name) => [name, ...this.aliasesOf(name)]));
  }
}
