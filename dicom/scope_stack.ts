import { LimitError } from "../errors.ts";
import type { Encoding } from "./element_head.ts";
import type { HeaderLimits } from "./header_limits.ts";
import { isBoundedSequence, type Scope } from "./scope.ts";

/** The scopes that are open, the dataset's first. */
export class ScopeStack {
  readonly #scopes: Scope[];
  readonly #limits: HeaderLimits;
  readonly #address: string | undefined;
  /** How many of the scopes are sequences or fragments. */
  #depth = 0;

  /** Starts with the dataset, whose end is not known yet. */
  constructor(encoding: Encoding, limits: HeaderLimits, address: string | undefined) {
    this.#scopes = [{ kind: "dataset", end: null, bound: null, encoding, owner: null, row: -1 }];
    this.#limits = limits;
    this.#address = address;
  }

  /** The dataset. */
  get dataset(): Scope {
    return this.#scopes[0]!;
  }

  /** The innermost scope. */
  get top(): Scope {
    return this.#scopes[this.#scopes.length - 1]!;
  }

  /** Opens a scope in the innermost one. */
  push(scope: Scope): void {
    if (scope.owner !== null && ++this.#depth > this.#limits.maxNesting) {
      throw new LimitError(`sequences are nested deeper than ${this.#limits.maxNesting}`, {
        address: this.#address,
      });
    }
    this.#scopes.push(scope);
  }

  /** Closes the innermost scope. */
  pop(): void {
    if (this.#scopes.pop()!.owner !== null) this.#depth--;
  }

  /** Where the outermost sequence of known length ends; 0 without one. */
  get outerEnd(): number {
    return this.#scopes.find(isBoundedSequence)?.end ?? 0;
  }

  /** Closes the innermost sequence of known length and all that is in it; answers it, or null without one. */
  popBounded(): Scope | null {
    const found = this.#scopes.findLastIndex(isBoundedSequence);
    if (found < 0) return null;
    const scope = this.#scopes[found]!;
    while (this.#scopes.length > found) this.pop();
    return scope;
  }
}
