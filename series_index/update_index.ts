import { NotFoundError, NotTriedError } from "../errors.ts";
import {
  type FailedRead,
  IndexBuilder,
  type IndexedInstance,
  type SeriesTable,
  type SkippedObject,
} from "../index_cache/mod.ts";
import { SERIES_COLUMNS } from "../index_cache/series_columns.ts";
import type { LocatedSeries } from "../retriever/located_series.ts";
import { HeaderSizes } from "../retriever/header_sizes.ts";
import { cutBeforeImage } from "./cut_before_image.ts";
import { type Failure, missingSeriesUID, namedFailures, throwIfHostIsDown } from "./failures.ts";
import { generateIndex, type GenerateIndexOptions } from "./generate_index.ts";
import { countChanges, type IndexChanges, type ObjectStates } from "./index_changes.ts";
import { type FoundInstance, readObjects } from "./read_objects.ts";
import type { UpdatePlan } from "./update_plan.ts";

/** An index that was brought up to date. */
export interface UpdatedIndex {
  readonly table: SeriesTable;
  readonly changes: IndexChanges;
}

/**
 * Brings an index up to date: reads what the plan names, and keeps all else as the index has it.
 *
 * Where no instance of it is left, or a listing has brought an instance of another series and none
 * was chosen, the index is made anew, as if there had been none.
 *
 * @param table The whole index.
 * @returns Null when all turns out to be as the index tells.
 * @throws {NetworkError} When the host failed so often that the run stopped; what could not be read
 * before may fail on without that.
 * @throws What `generateIndex` throws.
 */
export async function updateIndex(
  location: LocatedSeries,
  table: SeriesTable,
  plan: UpdatePlan,
  options: GenerateIndexOptions,
): Promise<UpdatedIndex | null> {
  const update = new Update(location, table, plan);
  await update.read(options);
  const changes = countChanges(update.before, update.now);
  if (changes === null) return null;
  const { entries } = plan;
  const isMixed = update.hasForeign && entries !== undefined && options.series === undefined;
  return {
    table: isMixed || update.instanceCount === 0
      ? await generateIndex(location, { ...options, entries })
      : await update.build(options),
    changes,
  };
}

/** One call of {@linkcode updateIndex}. */
class Update {
  readonly #location: LocatedSeries;
  readonly #table: SeriesTable;
  readonly #plan: UpdatePlan;
  /** Series Instance UID; empty where the series has none. */
  readonly #uid: string;
  /** The SOP classes of the images that are kept or were read. */
  readonly #imageClasses = new Set<string>();
  readonly #failures: Failure[] = [];
  readonly #skipped: SkippedObject[] = [];
  readonly #now = new Map<string, string>();
  /** Has the rows that are kept, and the instances that were read; made when it is needed. */
  #builder: IndexBuilder | null = null;
  #hasForeign = false;

  constructor(location: LocatedSeries, table: SeriesTable, plan: UpdatePlan) {
    this.#location = location;
    this.#table = table;
    this.#plan = plan;
    this.#uid = String(table.value(0, "SeriesInstanceUID") ?? "");
  }

  /** What the index has of the objects that are dropped or read again. */
  get before(): ObjectStates {
    const { failed, skipped } = this.#table.metadata;
    const states = new Map<string, string>();
    for (const { url } of failed) states.set(url, "failed");
    for (const { url } of skipped) states.set(url, "skipped");
    for (const row of this.#rows()) {
      const [size, etag] = [SERIES_COLUMNS.fileSize, SERIES_COLUMNS.etag]
        .map((column) => this.#table.value(row, column));
      // Where no ETag tells, what is read again is taken for changed.
      states.set(this.#urlOf(row), etag === null ? "unknown" : `${size} ${etag}`);
    }
    for (const url of states.keys()) if (!this.#plan.drop.has(url)) states.delete(url);
    return states;
  }

  /** What those objects are now; those that are gone are not in it. */
  get now(): ObjectStates {
    return this.#now;
  }

  /** Whether an instance of another series was read. */
  get hasForeign(): boolean {
    return this.#hasForeign;
  }

  /** How many instances are left, or were read. */
  get instanceCount(): number {
    return this.#take().instanceCount;
  }

  /** Reads the objects of the plan. */
  async read(options: GenerateIndexOptions): Promise<void> {
    const { store, address } = this.#location;
    const { read } = this.#plan;
    for (const row of this.#rows()) {
      if (!this.#isKept(row) || this.#table.value(row, SERIES_COLUMNS.frameCount) === 0) continue;
      this.#imageClasses.add(String(this.#table.value(row, "SOPClassUID") ?? ""));
    }
    const learned = this.#learn();
    const imageless: FoundInstance[] = [];
    for await (const object of readObjects(store, read, { ...options, learned })) {
      if ("skipped" in object) this.#skip(object.skipped);
      else if ("failure" in object) this.#fail(object.failure);
      else this.#sort(object.found, imageless);
    }
    const failed = new Set(this.#table.metadata.failed.map(({ url }) => url));
    const news = this.#failures.filter(({ url }) => !failed.has(url));
    throwIfHostIsDown(news, read.length, "headers", address);
    for (const { instance, sopClass } of imageless) {
      const cause = cutBeforeImage(instance, sopClass, this.#imageClasses);
      if (cause === null) this.#add(instance);
      else this.#fail({ url: instance.url, cause });
    }
  }

  /** Makes the index of what is left and what was read. */
  async build({ seriesUID, signal }: GenerateIndexOptions): Promise<SeriesTable> {
    const { failed, skipped } = this.#table.metadata;
    const isLeft = ({ url }: { readonly url: string }) => !this.#plan.drop.has(url);
    return await this.#take().build({
      seriesUID,
      address: this.#location.address,
      failed: [...failed.filter(isLeft), ...this.#namedFailures()],
      skipped: [...skipped.filter(isLeft), ...this.#skipped],
      plain: true,
      ...(signal === undefined ? {} : { signal }),
    });
  }

  #sort(found: FoundInstance, imageless: FoundInstance[]): void {
    const { instance: { url, frameCount }, seriesUID, sopClass } = found;
    if (seriesUID === "" && this.#uid !== "") this.#fail({ url, cause: missingSeriesUID(url) });
    else if (seriesUID !== this.#uid) {
      this.#hasForeign = true;
      this.#skip({ url, reason: `of another series, ${seriesUID}` });
    } else if (frameCount === 0) imageless.push(found);
    else {
      this.#imageClasses.add(sopClass);
      this.#add(found.instance);
    }
  }

  #add(instance: IndexedInstance): void {
    this.#take().add(instance);
    this.#now.set(instance.url, `${instance.fileSize} ${instance.etag}`);
  }

  #skip(skipped: SkippedObject): void {
    this.#skipped.push(skipped);
    this.#now.set(skipped.url, "skipped");
  }

  #fail(failure: Failure): void {
    // It has gone since it was listed.
    if (failure.cause instanceof NotFoundError) return;
    this.#failures.push(failure);
    this.#now.set(failure.url, "failed");
  }

  /** The failures as the index names them; one that was not tried again is told as before. */
  #namedFailures(): FailedRead[] {
    const told = new Map(this.#table.metadata.failed.map((failed) => [failed.url, failed]));
    return this.#failures.flatMap((failure) => {
      const before = failure.cause instanceof NotTriedError ? told.get(failure.url) : undefined;
      return before ?? namedFailures([failure]);
    });
  }

  #take(): IndexBuilder {
    return this.#builder ??= IndexBuilder.from(this.#table, (row) => this.#isKept(row));
  }

  /** How long headers are, from the rows. Those that could not be read may be unlike them. */
  #learn(): HeaderSizes | undefined {
    const failed = new Set(this.#table.metadata.failed.map(({ url }) => url));
    const { store } = this.#location;
    if (this.#plan.read.every((key) => failed.has(store.url(key)))) return undefined;
    const learned = new HeaderSizes();
    for (const row of this.#rows()) {
      const offset = this.#table.value(row, SERIES_COLUMNS.pixelOffset) as number | null;
      if (offset !== null) learned.add({ length: offset, size: null, ending: "other" });
    }
    return learned;
  }

  #rows(): Iterable<number> {
    return Array.from({ length: this.#table.instanceCount }).keys();
  }

  #urlOf(row: number): string {
    return String(this.#table.value(row, SERIES_COLUMNS.dataUrl));
  }

  #isKept(row: number): boolean {
    return !this.#plan.drop.has(this.#urlOf(row));
  }
}
