import type { GenerateOptions, IndexUpdate, SeriesTable } from "../index_cache/mod.ts";
import type { LocatedSeries } from "../retriever/located_series.ts";
import type { ObjectEntry } from "../retriever/store.ts";
import { compareListing } from "./compare_listing.ts";
import type { GenerateIndexOptions } from "./generate_index.ts";
import type { IndexChanges } from "./index_changes.ts";
import { listEntries } from "./list_entries.ts";
import type { UpdatePlan } from "./update_plan.ts";

/** Options of {@linkcode SeriesUpdate}. */
export interface SeriesUpdateOptions extends GenerateIndexOptions {
  /** Compare the index with a listing of its series, too. */
  readonly check?: boolean | undefined;
  /** Addresses of instances that have changed, in place of all else that could be out of date. */
  readonly changed?: readonly string[] | undefined;
}

/**
 * What brings a kept index up to date: instances that could not be read are tried again; with `check`
 * the series is listed, once, and what is new or changed is read, and what is gone left out; with
 * `changed` just that is read.
 */
export class SeriesUpdate implements IndexUpdate {
  readonly #location: LocatedSeries;
  readonly #options: SeriesUpdateOptions;
  #entries: readonly ObjectEntry[] | null = null;
  #changes: IndexChanges | null = null;

  /** Names the series and what to look at; nothing is read yet. */
  constructor(location: LocatedSeries, options: SeriesUpdateOptions) {
    this.#location = location;
    this.#options = options;
  }

  /** What was found to have changed; null while nothing was. */
  get changes(): IndexChanges | null {
    return this.#changes;
  }

  /** Whether anything is to be read or left out. */
  async isDue(table: SeriesTable, options: GenerateOptions): Promise<boolean> {
    return isDue(await this.#plan(table, options));
  }

  /** Reads what is to be read. */
  async apply(table: SeriesTable, { signal }: GenerateOptions): Promise<SeriesTable | null> {
    const plan = await this.#plan(table, { signal });
    if (!isDue(plan)) return null;
    const { updateIndex } = await import("./update_index.ts");
    const updated = await updateIndex(this.#location, table, plan, { ...this.#options, signal });
    if (updated === null) return null;
    this.#changes = updated.changes;
    return updated.table;
  }

  async #plan(table: SeriesTable, { signal }: GenerateOptions): Promise<UpdatePlan> {
    const { check, changed } = this.#options;
    const { store } = this.#location;
    if (check) {
      const entries = this.#entries ??= await listEntries(this.#location, { signal });
      return compareListing({ table, store, entries });
    }
    const urls = changed ?? table.metadata.failed.map(({ url }) => url);
    const keys = new Map(urls.flatMap((url) => {
      const key = store.key(url);
      return key === null ? [] : [[url, key]];
    }));
    return { drop: new Set(keys.keys()), read: [...keys.values()] };
  }
}

function isDue({ drop, read }: UpdatePlan): boolean {
  return drop.size > 0 || read.length > 0;
}
