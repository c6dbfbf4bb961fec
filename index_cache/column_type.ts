/** The types of an index column's values. */
export type ColumnType =
  | "int32"
  | "uint32"
  | "int64"
  | "uint64"
  | "float32"
  | "float64"
  | "utf8";

const TYPE_OF_VR: Readonly<Record<string, ColumnType>> = {
  DS: "float64",
  FD: "float64",
  FL: "float32",
  IS: "int32",
  SL: "int32",
  SS: "int32",
  SV: "int64",
  UL: "uint32",
  US: "uint32",
  UV: "uint64",
};

/**
 * The column type that values of a value representation have; text unless they are numbers. Of
 * several, as in `US or SS`, the first decides.
 */
export function columnTypeOfVR(vr: string): ColumnType {
  return TYPE_OF_VR[vr.slice(0, 2)] ?? "utf8";
}

/** Value representations of bytes, alone or of several. */
const BYTES_VR = /^O[BDFLVW]|^UN/;

/** Whether values of a value representation are text: neither numbers nor bytes. */
export function isTextVR(vr: string): boolean {
  return columnTypeOfVR(vr) === "utf8" && !BYTES_VR.test(vr);
}

type NumberType = Exclude<ColumnType, "utf8">;

/** The narrowest type that holds all values of both; the table is symmetric. */
const WIDER: Readonly<Record<NumberType, Readonly<Partial<Record<NumberType, NumberType>>>>> = {
  int32: { uint32: "int64", int64: "int64", float32: "float64", float64: "float64" },
  uint32: {
    int32: "int64",
    int64: "int64",
    uint64: "uint64",
    float32: "float64",
    float64: "float64",
  },
  int64: { int32: "int64", uint32: "int64" },
  uint64: { uint32: "uint64" },
  float32: { int32: "float64", uint32: "float64", float64: "float64" },
  float64: { int32: "float64", uint32: "float64", float32: "float64" },
};

/** The type that holds the values of both types exactly: text if nothing else does. */
export function widenColumnType(a: ColumnType, b: ColumnType): ColumnType {
  if (a === b) return a;
  if (a === "utf8" || b === "utf8") return "utf8";
  return WIDER[a][b] ?? "utf8";
}

const INTEGER_RANGES: readonly (readonly [NumberType, bigint, bigint])[] = [
  ["int32", -(2n ** 31n), 2n ** 31n - 1n],
  ["uint32", 0n, 2n ** 32n - 1n],
  ["int64", -(2n ** 63n), 2n ** 63n - 1n],
  ["uint64", 0n, 2n ** 64n - 1n],
];

/** The column's type, widened where it must be so that the number is held exactly. */
export function fitColumnType(type: ColumnType, value: number | bigint): ColumnType {
  switch (type) {
    case "utf8":
      return type;
    case "float64":
      return typeof value === "number" || BigInt(Number(value)) === value ? type : "utf8";
    case "float32":
      return Object.is(Math.fround(Number(value)), value) ? type : fitColumnType("float64", value);
    case "int32":
      if (typeof value === "number" && (value | 0) === value) return type;
      break;
    case "uint32":
      if (typeof value === "number" && value >>> 0 === value) return type;
      break;
  }
  if (typeof value === "number" && !Number.isSafeInteger(value)) {
    return widenColumnType(type, "float64");
  }
  const integer = BigInt(value);
  const fits = ([, low, high]: (typeof INTEGER_RANGES)[number]) =>
    low <= integer && integer <= high;
  if (fits(INTEGER_RANGES.find(([name]) => name === type)!)) return type;
  return widenColumnType(type, INTEGER_RANGES.find(fits)?.[0] ?? "utf8");
}
