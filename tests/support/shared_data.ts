/** The folder of the shared test data, beside the repository. */
export const sharedData = new URL("../../../shared/data/", import.meta.url);

/** What `oracle.json` says of one instance. */
export interface OracleInstance {
  /** The file's name, without `.dcm` in a series and with it among the codecs. */
  readonly file: string;
  readonly sop: string;
  readonly instanceNumber: number | null;
  readonly ipp: readonly number[] | null;
  readonly iop: readonly number[] | null;
  readonly sliceLocation: number | null;
  readonly headerBytes: number | null;
  readonly fileBytes: number;
  readonly pixels?: { readonly sha256: string; readonly dtype: string } | null;
  readonly frames?: { readonly ipp?: readonly (readonly number[])[] };
}

/** What `oracle.json` says of one series. */
export interface OracleSeries {
  readonly seriesInstanceUID: string;
  readonly modality: string;
  readonly characterSet: string | readonly string[] | null;
  readonly patientName: string | null;
  readonly instances: readonly OracleInstance[];
}

/** The expected values of the shared test data. */
export interface Oracle {
  readonly series: Readonly<Record<string, OracleSeries>>;
  readonly codecs: Readonly<Record<string, OracleInstance>>;
}

/** One file of the shared test data, and what is expected of it. */
export interface SharedInstance {
  /** Its path below {@linkcode sharedData}. */
  readonly path: string;
  readonly expected: OracleInstance;
  /** The series it is of; null for the codec files. */
  readonly series: OracleSeries | null;
}

/** Reads the expected values of the shared test data; null where there is none. */
export function readOracle(): Oracle | null {
  try {
    return JSON.parse(Deno.readTextFileSync(new URL("oracle.json", sharedData)));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/** Lists all instances of the shared test data. */
export function listInstances(oracle: Oracle): SharedInstance[] {
  const inSeries = Object.entries(oracle.series).flatMap(([folder, series]) =>
    series.instances.map((expected) => ({
      path: `${folder}/${expected.file}.dcm`,
      expected,
      series,
    }))
  );
  const codecs = Object.entries(oracle.codecs).map(([file, expected]) => ({
    path: `codecs/${file}`,
    expected,
    series: null,
  }));
  return [...inSeries, ...codecs];
}

/** Lists the first instance of each series, and the codec files. */
export function listKinds(oracle: Oracle): SharedInstance[] {
  const all = listInstances(oracle);
  return all.filter((each, i) => each.series === null || each.series !== all[i - 1]?.series);
}

/** Reads a file of the shared test data. */
export function readShared(path: string): Uint8Array<ArrayBuffer> {
  return Deno.readFileSync(new URL(path, sharedData));
}

/** Registers a test over the shared test data; where there is none it says so and passes. */
export function testShared(name: string, body: (oracle: Oracle) => void | Promise<void>): void {
  Deno.test(name, async () => {
    const oracle = readOracle();
    if (oracle === null) {
      const line = `skipped, no shared test data: ${name}\n`;
      await Deno.stdout.write(new TextEncoder().encode(line));
      return;
    }
    await body(oracle);
  });
}
