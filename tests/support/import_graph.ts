/** One import, type-only and dynamic ones included. */
export interface Import {
  /** The file that imports, from the root: `cli/mosaic.ts`. */
  from: string;
  /** What it imports as it is written: `../errors.ts`, `@std/path`. */
  specifier: string;
  /** The file it leads to, from the root, or the address it leads to outside of the project. */
  to: string;
}

/** Folders that no source file may import, and that the order does not speak of. */
const OUTSIDE = new Set(["bench", "std", "tests"]);

/** The rooms from the ground up. A room imports from the floors below its own, never beside it. */
const FLOORS: readonly (readonly string[])[] = [
  ["deno.json", "errors.ts", "runtime"],
  ["dicom"],
  ["retriever", "index_cache", "contrast", "mosaic"],
  ["series_index"],
  ["mod.ts"],
  ["cli"],
  ["cli.ts"],
];

/** The one arrow between rooms of a floor. */
const BESIDE = { from: "mosaic", to: "contrast" };

/** What is wrong with the imports of a project: one line a fault, none if all is well. */
export function findImportFaults(imports: readonly Import[]): string[] {
  const sources = imports.filter(({ from }) => !OUTSIDE.has(roomOf(from)));
  const rooms = sources
    .map(({ from, to }) => ({ from: roomOf(from), to: roomOf(to) }))
    .filter(({ from, to }) => from !== to);
  return [
    ...imports.flatMap(specifierFaults),
    ...sources.flatMap(arrowFaults),
    ...findCycles(sources).map((cycle) => `files in a circle: ${cycle.join(" → ")}`),
    ...findCycles(rooms).map((cycle) => `rooms in a circle: ${cycle.join(" → ")}`),
  ];
}

/** The room a file belongs to: its top folder, or the file itself if it lies at the root. */
function roomOf(path: string): string {
  return path.split("/", 1)[0] ?? path;
}

/** Faults of how an import is written, wherever it stands. */
function specifierFaults({ from, specifier, to }: Import): string[] {
  const relative = specifier.startsWith(".") || specifier.startsWith("file:");
  if (/^(npm|jsr|https?):/.test(specifier)) {
    return [`${from} imports ${specifier}: map a bare name to it in deno.json`];
  }
  if (relative && roomOf(to) === "std" && roomOf(from) !== "std") {
    return [`${from} imports ${specifier}: import it as @std/${to.split("/")[1]}`];
  }
  return [];
}

/** Faults of where an import of a source file leads. */
function arrowFaults({ from, specifier, to }: Import): string[] {
  const [start, end] = [roomOf(from), roomOf(to)];
  const floor = floorOf(start);
  if (floor === -1) return [`${from} lies in no known room: give ${start} its place in the order`];
  if (start === end || isForeign(to)) return [];
  if (end === "std") return [];
  if (OUTSIDE.has(end)) return [`${from} imports ${specifier}: ${end}/ is no part of the sources`];
  const target = floorOf(end);
  if (target === -1) return [`${from} imports ${to}, which lies in no known room`];
  if (target < floor || (start === BESIDE.from && end === BESIDE.to)) return [];
  return [`${from} imports ${to}: ${start} may not import ${end}`];
}

function floorOf(room: string): number {
  return FLOORS.findIndex((rooms) => rooms.includes(room));
}

function isForeign(path: string): boolean {
  return /^[a-z]+:/.test(path);
}

/** Every circle that a walk along the arrows closes, each as the nodes it passes. */
function findCycles(arrows: readonly { from: string; to: string }[]): string[][] {
  const next = new Map<string, Set<string>>();
  for (const { from, to } of arrows) {
    next.set(from, (next.get(from) ?? new Set()).add(to));
  }
  const cycles: string[][] = [];
  const done = new Set<string>();
  const path: string[] = [];
  const walk = (node: string): void => {
    const start = path.indexOf(node);
    if (start !== -1) cycles.push([...path.slice(start), node]);
    if (start !== -1 || done.has(node)) return;
    path.push(node);
    for (const target of next.get(node) ?? []) walk(target);
    path.pop();
    done.add(node);
  };
  for (const node of next.keys()) walk(node);
  return cycles;
}
