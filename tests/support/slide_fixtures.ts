import { encodeRle } from "../dicom/encode_rle.ts";
import {
  element,
  type ElementSpec,
  EXPLICIT,
  RLE,
  writeFragments,
  writeInstance,
} from "./dicom_fixtures.ts";

/** A picture of 8 bits a sample. */
export interface Picture {
  readonly columns: number;
  readonly rows: number;
  /** 1: grey; 3: red, green, blue interleaved. */
  readonly samples: 1 | 3;
  readonly data: Uint8Array<ArrayBuffer>;
}

/** One tile of a sparse slide: the matrix column and row of its upper left pixel, counted from 1. */
export interface SparsePlace {
  readonly column: number;
  readonly row: number;
  /** Z Offset in Slide Coordinate System, in micrometers. */
  readonly focus?: number;
  readonly opticalPath?: string;
  readonly segment?: number;
}

/** How a slide is written. */
export interface SlideForm {
  /** The planes of its matrix: by optical path, then focal plane; one by default. */
  readonly planes?: readonly Picture[];
  /** Columns, then rows of a tile. */
  readonly tile: readonly [number, number];
  /** How many of the planes are focal planes of one path. */
  readonly focalPlanes?: number;
  /** The places of the frames of a sparse slide, each with the plane that it shows. */
  readonly places?: readonly (SparsePlace & { readonly plane?: number })[];
  readonly number?: number;
  /** Image Type value 3; `VOLUME` by default. */
  readonly flavor?: string;
  readonly sopClassUID?: string;
  readonly frameOfReferenceUID?: string;
  readonly opticalPath?: string;
  readonly photometricInterpretation?: string;
  /** Height, then width of a pixel in millimeters. */
  readonly spacing?: readonly [number, number];
  /** RLE with a basic offset table in place of native pixel data. */
  readonly encapsulated?: boolean;
  /** Whether tiles at the right and lower edges end there, which is against the standard. */
  readonly cropped?: boolean;
  readonly extra?: readonly ElementSpec[];
}

export const SLIDE_SERIES = "1.2.826.0.1.3680043.10.1";

/** A picture whose every pixel tells its place and the plane. */
export function slidePicture(
  columns: number,
  rows: number,
  { samples = 3, plane = 0 }: { samples?: 1 | 3; plane?: number } = {},
): Picture {
  const data = new Uint8Array(columns * rows * samples);
  let at = 0;
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      for (let sample = 0; sample < samples; sample++) {
        data[at++] = [x * 3, y * 5, x * y][sample]! + plane * 40 & 255;
      }
    }
  }
  return { columns, rows, samples, data };
}

/** Cuts a tile out of a picture; what is beyond its edges is 77. */
export function cutTile(
  picture: Picture,
  left: number,
  top: number,
  [columns, rows]: readonly [number, number],
): Uint8Array<ArrayBuffer> {
  const { samples } = picture;
  const tile = new Uint8Array(columns * rows * samples).fill(77);
  for (let y = Math.max(0, -top); y < Math.min(rows, picture.rows - top); y++) {
    for (let x = Math.max(0, -left); x < Math.min(columns, picture.columns - left); x++) {
      for (let sample = 0; sample < samples; sample++) {
        tile[(y * columns + x) * samples + sample] = picture
          .data[((top + y) * picture.columns + left + x) * samples + sample]!;
      }
    }
  }
  return tile;
}

/** Writes an instance of VL Whole Slide Microscopy, or another that is tiled. */
export function writeSlide(picture: Picture, form: SlideForm): Uint8Array<ArrayBuffer> {
  const { tile, number = 1, focalPlanes = 1, encapsulated = false, cropped = false, places } = form;
  const planes = form.planes ?? [picture];
  const { columns, rows, samples } = picture;
  const frames = places === undefined
    ? planes.flatMap((plane) => cutInOrder(plane, tile, cropped))
    : places.map(({ column, row, plane = 0 }) =>
      cutTile(planes[plane]!, column - 1, row - 1, tile)
    );
  const uid = `${SLIDE_SERIES}.${number}`;
  const [spacingDown, spacingAcross] = form.spacing ?? [0.01, 0.01];
  const measures = [element(0x00280030, "DS", `${spacingDown}\\${spacingAcross}`)];
  const elements = [
    element(0x00080008, "CS", `ORIGINAL\\PRIMARY\\${form.flavor ?? "VOLUME"}\\NONE`),
    element(0x00080016, "UI", form.sopClassUID ?? "1.2.840.10008.5.1.4.1.1.77.1.6"),
    element(0x00080018, "UI", uid),
    element(0x00080060, "CS", "SM"),
    element(0x0020000e, "UI", SLIDE_SERIES),
    element(0x00200013, "IS", String(number)),
    element(0x00200052, "UI", form.frameOfReferenceUID ?? "1.2.3.4"),
    element(0x00209311, "CS", places === undefined ? "TILED_FULL" : "TILED_SPARSE"),
    element(0x00280002, "US", [samples]),
    element(
      0x00280004,
      "CS",
      form.photometricInterpretation ?? (samples === 3 ? "RGB" : "MONOCHROME2"),
    ),
    ...(samples === 3 ? [element(0x00280006, "US", [0])] : []),
    element(0x00280008, "IS", String(frames.length)),
    element(0x00280010, "US", [tile[1]]),
    element(0x00280011, "US", [tile[0]]),
    element(0x00280100, "US", [8]),
    element(0x00280101, "US", [8]),
    element(0x00280102, "US", [7]),
    element(0x00280103, "US", [0]),
    element(0x00480006, "UL", [columns]),
    element(0x00480007, "UL", [rows]),
    element(0x00480105, "SQ", [[element(0x00480106, "SH", form.opticalPath ?? "1")]]),
    element(0x00480303, "UL", [focalPlanes]),
    element(0x52009229, "SQ", [[element(0x00289110, "SQ", [measures])]]),
    ...(places === undefined ? [] : [element(0x52009230, "SQ", places.map(placeGroups))]),
    ...(form.extra ?? []),
  ].sort((a, b) => a.tag - b.tag);
  if (!encapsulated) {
    const joined = new Uint8Array(frames.reduce((sum, { length }) => sum + length, 0));
    frames.reduce((at, frame) => (joined.set(frame, at), at + frame.length), 0);
    return writeInstance([...elements, element(0x7fe00010, "OB", joined)], {
      transferSyntaxUID: EXPLICIT,
    });
  }
  const coded = frames.map((frame) => encodeRle(...separate(frame, samples)));
  const offsets = coded.map((_, i) =>
    coded.slice(0, i).reduce((sum, { length }) => sum + 8 + length, 0)
  );
  const pixels = writeFragments(coded, offsets);
  return writeInstance(
    [...elements, element(0x7fe00010, "OB", pixels, { undefinedLength: true })],
    { transferSyntaxUID: RLE },
  );
}

/** The tiles of a plane by row, those at the right and lower edges hanging over them if not cropped. */
function cutInOrder(
  picture: Picture,
  tile: readonly [number, number],
  cropped: boolean,
): Uint8Array[] {
  const tiles: Uint8Array[] = [];
  for (let top = 0; top < picture.rows; top += tile[1]) {
    for (let left = 0; left < picture.columns; left += tile[0]) {
      const seen = [
        Math.min(tile[0], picture.columns - left),
        Math.min(tile[1], picture.rows - top),
      ] as const;
      tiles.push(cutTile(picture, left, top, cropped ? seen : tile));
    }
  }
  return tiles;
}

function placeGroups({ column, row, focus, opticalPath, segment }: SparsePlace): ElementSpec[] {
  const position = [
    ...(focus === undefined ? [] : [element(0x0040074a, "DS", String(focus))]),
    element(0x0048021e, "SL", [column]),
    element(0x0048021f, "SL", [row]),
  ];
  return [
    ...(opticalPath === undefined
      ? []
      : [element(0x00480207, "SQ", [[element(0x00480106, "SH", opticalPath)]])]),
    element(0x0048021a, "SQ", [position]),
    ...(segment === undefined
      ? []
      : [element(0x0062000a, "SQ", [[element(0x0062000b, "US", [segment])]])]),
  ];
}

/** The samples of a frame plane by plane. */
function separate(frame: Uint8Array, samples: number): Uint8Array[] {
  return Array.from({ length: samples }, (_, sample) => {
    return frame.filter((_, at) => at % samples === sample);
  });
}
