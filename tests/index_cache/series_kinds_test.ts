import {
  type Attribute,
  IndexBuilder,
  type IndexedInstance,
  type SeriesTable,
} from "@dicom/series-preview/index-cache";
import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { seededRandom } from "../support/random.ts";
import { AXIAL, CORONAL, makeAttribute, makeInstance, SAGITTAL } from "./support.ts";

type Vector = readonly [number, number, number];
type Orientation = readonly [number, number, number, number, number, number];
type Values = Readonly<Record<string, Attribute["values"] | Attribute>>;

/** An instance that its label names; Instance Numbers follow the order of the list. */
interface Shot {
  readonly label: string;
  readonly values: Values;
  readonly imageless?: boolean;
}

/** A private attribute. */
function vendor(tag: number, vr: string, ...values: Attribute["values"]): Attribute {
  const keyword = tag.toString(16).toUpperCase().padStart(8, "0");
  return { keyword, tag, vr, single: false, values };
}

/** An axial slice at a height. */
function axial(label: string, z: number, values: Values = {}): Shot {
  return {
    label,
    values: { ImageOrientationPatient: [...AXIAL], ImagePositionPatient: [0, 0, z], ...values },
  };
}

/** Axial slices at heights 0, 1, …, repeated; a repeat's letter and a height make the label. */
function volumes(
  repeats: readonly Values[],
  heights: number,
  more: (repeat: number, height: number) => Values = () => ({}),
): Shot[] {
  return repeats.flatMap((values, repeat) =>
    Array.from(
      { length: heights },
      (_, z) => axial(`${"abcdefghijkl"[repeat]}${z}`, z, { ...values, ...more(repeat, z) }),
    )
  );
}

/** The same with all repeats of a position in turn. */
function slicewise(shots: readonly Shot[]): Shot[] {
  return shots.toSorted((a, b) => Number(a.label.slice(1)) - Number(b.label.slice(1)));
}

async function buildShots(shots: readonly Shot[]): Promise<SeriesTable> {
  const instances = shots.map(({ label, values, imageless = false }, i) =>
    makeInstance(
      label,
      Object.entries({ InstanceNumber: [i + 1], ...values }).map(([keyword, value]) =>
        Array.isArray(value) ? makeAttribute(keyword, value) : value as Attribute
      ),
      { frameCount: imageless ? 0 : 1 },
    )
  );
  const built = await build(instances);
  const shuffled = await build(shuffle(instances));
  for (let row = 0; row < built.instanceCount; row++) {
    assertEquals(shuffled.row(row), built.row(row));
  }
  assertEquals(shuffled.metadata, built.metadata);
  return built;
}

function build(instances: readonly IndexedInstance[]): Promise<SeriesTable> {
  const builder = new IndexBuilder();
  for (const instance of instances) builder.add(instance);
  return builder.build({ seriesUID: "series", address: "https://example.org/series" });
}

/** The instances in another order, the same one every time. */
function shuffle<T>(items: readonly T[]): T[] {
  const random = seededRandom(items.length);
  return items.map((item) => ({ item, key: random() })).sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

/** The slices of a table in display order: labels, and the numbers of frames. */
function shown(table: SeriesTable): string {
  return Array.from({ length: table.sliceCount }, (_, n) => {
    const { row, frame } = table.slice(n);
    return `${table.value(row, "_data_url")}${frame === null ? "" : `.${frame}`}`;
  }).join(" ");
}

/** What is said of a table's stacks, and what each shows. */
function split(table: SeriesTable): [line: string | null, ...stacks: string[]] {
  const said = table.metadata.stacks?.replace(/; --stack 0…(\d+) picks one$/, (_, last) => {
    assertEquals(Number(last), table.stackCount - 1);
    return "";
  });
  const stacks = Array.from({ length: table.stackCount }, (_, n) => shown(table.stack(n)));
  return [said ?? null, ...stacks];
}

/** Orientations with their unit normals, turned so that display order goes along them. */
function oblique(first: Vector, second: Vector): { orientation: Orientation; along: Vector } {
  const cross = (a: Vector, b: Vector): Vector => [
    a[1] * b[2] - a[2] * b[1],
    a[2] * b[0] - a[0] * b[2],
    a[0] * b[1] - a[1] * b[0],
  ];
  const unit = (a: Vector): Vector => a.map((x) => x / Math.hypot(...a)) as unknown as Vector;
  const row = unit(first);
  const normal = unit(cross(row, second));
  const column = cross(normal, row);
  const axis = normal.reduce((most, x, i) => Math.abs(x) > Math.abs(normal[most]!) ? i : most, 0);
  const sign = Math.sign(normal[axis]!) * (axis === 2 ? -1 : 1);
  return {
    orientation: [...row, ...column] as unknown as Orientation,
    along: normal.map((x) => x * sign) as unknown as Vector,
  };
}

Deno.test("volumes of any orientation, tilted and sheared, with any gaps, are in display order", () => {
  const part = fc.double({ min: -1, max: 1, noNaN: true });
  const vector = fc.tuple(part, part, part);
  return fc.assert(
    fc.asyncProperty(
      vector,
      vector,
      vector,
      fc.array(fc.double({ min: 0.1, max: 9, noNaN: true }), { minLength: 1, maxLength: 12 }),
      async (row, column, shear, gaps) => {
        const { orientation, along } = oblique(row, column);
        fc.pre(orientation.every(Number.isFinite));
        // Shifted within the plane as by a tilted gantry, and far more than between slices.
        const sheared = (i: number, slice: number) =>
          slice * 20 * (shear[0] * orientation[i]! + shear[1] * orientation[i + 3]!);
        let at = 0;
        const placed = [0, ...gaps].map((gap, slice): Shot => {
          at += gap;
          const position = [0, 1, 2].map((i) => along[i]! * at + sheared(i, slice));
          return {
            label: `s${slice}`,
            values: {
              ImageOrientationPatient: [...orientation],
              ImagePositionPatient: position,
            },
          };
        });
        const table = await buildShots(shuffle(placed));
        assertEquals(shown(table), placed.map(({ label }) => label).join(" "));
        assertEquals(table.metadata.stacks, null);
      },
    ),
    { seed: 11, numRuns: 60 },
  );
});

Deno.test("instances without position or orientation stand last and are a stack", async () => {
  const [a, b, c] = [axial("a", 0), axial("b", 5), axial("c", 9)];
  const nowhere = { label: "x", values: { ImageOrientationPatient: [...AXIAL] } };
  const turned = { label: "y", values: { ImagePositionPatient: [0, 0, 7] } };
  assertEquals(split(await buildShots([turned, nowhere, a, b, c])), [
    "2 stacks: axial 3 slices and 2 slices without geometry",
    "c b a",
    "y x",
  ]);
});

Deno.test("without any orientation, repeats are split along the axis that positions span", async () => {
  const shots = volumes([{}, {}], 3).map(({ label, values }) => ({
    label,
    values: { ImagePositionPatient: values.ImagePositionPatient! },
  }));
  assertEquals(split(await buildShots(shots)), ["2 repeats of 3 slices", "a2 a1 a0", "b2 b1 b0"]);
});

Deno.test("a three-plane localizer is split by plane, and its unequal planes are told", async () => {
  const planes = [
    ["c", CORONAL, (at: number) => [0, at, 0]],
    ["s", SAGITTAL, (at: number) => [at, 0, 0]],
    ["a", AXIAL, (at: number) => [0, 0, at]],
  ] as const;
  const localizer = (...counts: readonly number[]) =>
    planes.flatMap(([label, orientation, position], plane) =>
      Array.from({ length: counts[plane]! }, (_, i): Shot => ({
        label: `${label}${i}`,
        values: { ImageOrientationPatient: [...orientation], ImagePositionPatient: position(i) },
      }))
    );
  assertEquals(split(await buildShots(localizer(3, 2, 1))), [
    "3 orientations: coronal 3, sagittal 2 and axial 1 slice",
    "c0 c1 c2",
    "s0 s1",
    "a0",
  ]);
  const even = await buildShots(localizer(2, 2, 2));
  assertEquals(split(even)[0], "3 orientations of 2 slices: coronal, sagittal and axial");
  assertEquals(even.stack(1).primaryAxis, "X");
});

Deno.test("radial orientations with a cine each are counted by both", async () => {
  const shots = [0, 1, 2, 3, 4].flatMap((turn) =>
    [0, 40, 80].map((time, phase): Shot => ({
      label: `${turn}${phase}`,
      values: {
        ImageOrientationPatient: [Math.cos(turn / 4), Math.sin(turn / 4), 0, 0, 0, -1],
        ImagePositionPatient: [0, 0, 0],
        TriggerTime: [time],
      },
    }))
  );
  const [line, ...stacks] = split(await buildShots(shots));
  assertEquals(line, "5 orientations × 3 phases of 1 slice");
  assertEquals(stacks.slice(0, 4), ["00", "01", "02", "10"]);
});

Deno.test("a functional series is split into its time points, however its instances are numbered", async () => {
  const expected = ["3 time points of 2 slices", "a1 a0", "b1 b0", "c1 c0"] as const;
  const named = volumes([3, 4, 5].map((t) => ({ TemporalPositionIdentifier: [t] })), 2);
  const unnamed = volumes([{}, {}, {}], 2, () => ({ NumberOfTemporalPositions: [3] }));
  for (const shots of [named, slicewise(named), unnamed, slicewise(unnamed)]) {
    const table = await buildShots(shots);
    assertEquals(shown(table), "a1 b1 c1 a0 b0 c0");
    assertEquals(split(table), [...expected]);
  }
  assertEquals(split(await buildShots(volumes([{}, {}, {}], 2)))[0], "3 repeats of 2 slices");
  const cut = await buildShots(named.slice(0, -1));
  assertEquals(split(cut), ["3 time points: 2, 2 and 1 slice", "a1 a0", "b1 b0", "c0"]);
});

Deno.test("what was acquired volume by volume is split by the time of it", async () => {
  const times = ["235959.5", "000002.25", "000005"];
  const days = ["20200101", "20200102", "20200102"];
  const timed = (i: number) => ({ AcquisitionDate: [days[i]!], AcquisitionTime: [times[i]!] });
  const expected = ["3 time points of 2 slices", "a1 a0", "b1 b0", "c1 c0"] as const;
  const perVolume = volumes([0, 1, 2].map(timed), 2);
  const whole = volumes(
    [0, 1, 2].map((i) => ({ AcquisitionDateTime: [`${days[i]}${times[i]}+0100`] })),
    2,
  );
  const frameReference = volumes([0, 1, 2].map((i) => ({ FrameReferenceTime: [i * 1e4] })), 2);
  for (const shots of [perVolume, whole, frameReference]) {
    assertEquals(split(await buildShots(shots.toReversed())), [...expected]);
  }
  // Every slice has a time of its own: their order tells the volumes.
  const perSlice = volumes([{}, {}, {}], 2, (repeat, z) => ({
    AcquisitionTime: [`0000${10 * repeat + z + 10}`],
  }));
  assertEquals(split(await buildShots(perSlice.toReversed())), [...expected]);
});

Deno.test("a cine is split by trigger time, even where it varies from slice to slice", async () => {
  const cine = volumes([{}, {}, {}], 2, (phase, z) => ({ TriggerTime: [phase * (40 + z) + z] }));
  for (const shots of [cine, cine.toReversed(), slicewise(cine)]) {
    assertEquals(split(await buildShots(shots)), [
      "3 phases of 2 slices",
      "a1 a0",
      "b1 b0",
      "c1 c0",
    ]);
  }
  const philips = volumes(
    [1, 2].map((phase) => ({
      creator: vendor(0x20010010, "LO", "Philips Imaging DD 001"),
      phase: vendor(0x20011008, "IS", phase),
    })),
    2,
  );
  assertEquals(split(await buildShots(philips)), ["2 phases of 2 slices", "a1 a0", "b1 b0"]);
});

Deno.test("diffusion is split by b-value and direction, as the standard or a vendor says them", async () => {
  const weighted: readonly (readonly [b: number, direction: Vector | null])[] = [
    [1000, [1, 0, 0]],
    [0, null],
    [1000, [0, 1, 0]],
  ];
  const kinds: Readonly<Record<string, (b: number, direction: Vector | null) => Values>> = {
    standard: (b, direction) => ({
      DiffusionBValue: [b],
      ...(direction === null ? {} : { DiffusionGradientOrientation: direction }),
    }),
    siemens: (b, direction) => ({
      creator: vendor(0x00190011, "LO", "SIEMENS MR HEADER"),
      b: vendor(0x0019110c, "IS", b),
      direction: vendor(0x0019110e, "FD", ...direction ?? []),
    }),
    ge: (b, direction) => ({
      creators: vendor(0x00190010, "LO", "GEMS_ACQU_01"),
      parameters: vendor(0x00430010, "LO", "GEMS_PARM_01"),
      ...Object.fromEntries(
        [0, 1, 2].map((i) => [`d${i}`, vendor(0x001910bb + i, "DS", direction?.[i] ?? 0)]),
      ),
      b: vendor(0x00431039, "IS", 1e9 + b, 8, 0, 0),
    }),
    philips: (b, direction) => ({
      creator: vendor(0x20010010, "LO", "Philips Imaging DD 001"),
      b: vendor(0x20011003, "FL", b),
      creators: vendor(0x20050010, "LO", "Philips MR Imaging DD 001"),
      ...Object.fromEntries(
        [0, 1, 2].map((i) => [`d${i}`, vendor(0x200510b0 + i, "FL", direction?.[i] ?? 0)]),
      ),
    }),
  };
  for (const [kind, write] of Object.entries(kinds)) {
    const shots = volumes(weighted.map(([b, direction]) => write(b, direction)), 2);
    assertEquals([kind, ...split(await buildShots(shots))], [
      kind,
      "3 stacks of 2 slices, by b-value and gradient direction",
      "b1 b0",
      "a1 a0",
      "c1 c0",
    ]);
    const shells = volumes([[50, null], [0, null]].map(([b]) => write(b!, null)), 2);
    assertEquals(split(await buildShots(shells)), ["2 b-values of 2 slices", "b1 b0", "a1 a0"]);
  }
  // A private element of another creator says nothing.
  const foreign = volumes(
    [5, 3].map((b) => ({
      creator: vendor(0x00190010, "LO", "SOMEBODY ELSE"),
      b: vendor(0x0019100c, "IS", b),
    })),
    2,
  );
  assertEquals(split(await buildShots(foreign)), ["2 repeats of 2 slices", "a1 a0", "b1 b0"]);
});

Deno.test("repeated b-values of one direction are repeats of it", async () => {
  const shots = volumes([0, 0, 700].map((b) => ({ DiffusionBValue: [b] })), 2);
  assertEquals(split(await buildShots(shots)), [
    "3 stacks of 2 slices, by b-value and repeat",
    "a1 a0",
    "b1 b0",
    "c1 c0",
  ]);
});

Deno.test("echoes are told by number, or by echo time", async () => {
  const expected = ["2 echoes of 2 slices", "b1 b0", "a1 a0"] as const;
  for (const keyword of ["EchoNumbers", "EchoTime"]) {
    const shots = volumes([9, 3].map((value) => ({ [keyword]: [value] })), 2);
    assertEquals(split(await buildShots(shots)), [...expected]);
  }
});

Deno.test("magnitude and phase of several echoes are told apart by both", async () => {
  const parts = ["M", "P"].flatMap((part) => [1, 2].map((echo) => [part, echo] as const));
  const expected = [
    "2 image types × 2 echoes of 2 slices",
    "a1 a0",
    "b1 b0",
    "c1 c0",
    "d1 d0",
  ] as const;
  const kinds: ((part: string) => Values)[] = [
    (part) => ({ ImageType: ["ORIGINAL", "PRIMARY", part] }),
    (part) => ({ ComplexImageComponent: [part === "M" ? "MAGNITUDE" : "PHASE"] }),
    (part) => ({
      creator: vendor(0x00430010, "LO", "GEMS_PARM_01"),
      type: vendor(0x0043102f, "SS", part === "M" ? 0 : 1),
    }),
  ];
  for (const type of kinds) {
    const shots = volumes(
      parts.map(([part, echo]) => ({ ...type(part), EchoNumbers: [echo] })),
      2,
    );
    assertEquals(split(await buildShots(shots)), [...expected]);
  }
});

Deno.test("labels of perfusion, inversion times, flip angles and stations are told", async () => {
  const label = (value: string) => ({
    creator: vendor(0x20050014, "LO", "Philips MR Imaging DD 005"),
    label: vendor(0x20051429, "CS", value),
  });
  const perfusion = [1, 2].flatMap((t) =>
    ["CONTROL", "LABEL"].map((value) => ({ TemporalPositionIdentifier: [t], ...label(value) }))
  );
  const station = (x: number) => ({ ImagePositionPatient: [x, 0, 0] });
  const kinds: readonly (readonly [string, Shot[]])[] = [
    ["2 time points × 2 labels of 2 slices", volumes(perfusion, 2)],
    [
      "2 inversion times of 2 slices",
      volumes([{ InversionTime: [9] }, { InversionTime: [80] }], 2),
    ],
    ["2 flip angles of 2 slices", volumes([{ FlipAngle: [4] }, { FlipAngle: [18] }], 2)],
    [
      "2 stations of 2 slices",
      volumes([{}, {}], 2, (repeat, z) => ({ ImagePositionPatient: [repeat * 400, 0, z] })),
    ],
    [
      "2 repeats of 1 slice",
      [axial("a0", 0, station(0)), axial("b0", 0, station(0.9))],
    ],
    [
      "2 acquisitions of 2 slices",
      volumes([{ AcquisitionNumber: [1] }, { AcquisitionNumber: [2] }], 2),
    ],
  ];
  for (const [line, shots] of kinds) {
    const repeats = Object.groupBy(shots, ({ label }) => label[0]!);
    const stacks = Object.values(repeats).map((each) =>
      each!.map(({ label }) => label).toReversed().join(" ")
    );
    assertEquals(split(await buildShots(shots)), [line, ...stacks]);
  }
});

Deno.test("an attribute that differs from slice to slice splits nothing", async () => {
  const counted = volumes([{}, {}], 3, (repeat, z) => {
    const count = repeat * 3 + z;
    return {
      AcquisitionNumber: [count],
      TemporalPositionIdentifier: [count],
      EchoTime: [count],
      DiffusionBValue: [count],
      ImageType: [`T${count}`],
    };
  });
  assertEquals(split(await buildShots(counted)), [
    "2 repeats of 3 slices",
    "a2 a1 a0",
    "b2 b1 b0",
  ]);
});

Deno.test("named parts that reach over different positions stay whole", async () => {
  const part = (label: string, echo: number, from: number, to: number) =>
    Array.from(
      { length: to - from },
      (_, i) => axial(`${label}${from + i}`, from + i, { EchoNumbers: [echo] }),
    );
  const shots = [...part("a", 1, 0, 3), ...part("b", 2, 2, 5), ...part("c", 3, 4, 6)];
  assertEquals(split(await buildShots(shots)), [
    "3 echoes: 3, 3 and 2 slices",
    "a2 a1 a0",
    "b4 b3 b2",
    "c5 c4",
  ]);
});

Deno.test("mosaics as stored are slices of one position, told apart in time", async () => {
  const shots = [1, 2, 3].map((n) =>
    axial(`m${n}`, 0, { ImageType: ["MOSAIC"], AcquisitionNumber: [n], AcquisitionTime: [`1${n}`] })
  );
  assertEquals(split(await buildShots(shots)), ["3 time points of 1 slice", "m1", "m2", "m3"]);
});

Deno.test("instances of other kinds in a series stand last, and give no slice and no stack", async () => {
  const table = await buildShots([
    { label: "report", values: {}, imageless: true },
    ...volumes([{}, {}], 2),
    { ...axial("plan", 1), imageless: true },
  ]);
  assertEquals(split(table), ["2 repeats of 2 slices", "a1 a0", "b1 b0"]);
  assertEquals([table.instanceCount, table.sliceCount], [6, 4]);
  assertEquals([4, 5].map((row) => table.value(row, "_stack")), [null, null]);
});
