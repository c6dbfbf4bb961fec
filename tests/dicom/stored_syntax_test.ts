import { assertEquals } from "@std/assert";
import { storedSyntax } from "../../dicom/stored_syntax.ts";
import { BIG_ENDIAN, DEFLATED, EXPLICIT, IMPLICIT, RLE } from "../support/dicom_fixtures.ts";
import { sampleDescription } from "./sample_description.ts";

const ENCAPSULATED = "1.2.840.10008.1.2.1.98";
const JPEG = "1.2.840.10008.1.2.4.50";
const ITEM = Uint8Array.of(0xfe, 0xff, 0x00, 0xe0, 0, 0, 0, 0);
const PIXELS = Uint8Array.of(0xfe, 0xff, 0x00, 0xe1, 0, 0, 0, 0);

/** Three frames of nine bytes. */
const description = (transferSyntaxUID: string) =>
  sampleDescription({
    ...{ rows: 3, columns: 3, numberOfFrames: 3, bitsAllocated: 8, bitsStored: 8, highBit: 7 },
    pixelVR: "OB",
    transferSyntaxUID,
  });

Deno.test("Pixel data as long as its frames is native by its length, whatever it begins with", () => {
  for (const uid of [IMPLICIT, EXPLICIT, BIG_ENDIAN, DEFLATED]) {
    for (const length of [27, 28]) {
      for (const start of [null, ITEM, PIXELS, new Uint8Array(0)]) {
        assertEquals(storedSyntax(description(uid), length, start), uid);
      }
    }
  }
});

Deno.test("Of another length native pixel data is in fragments where it begins with an item", () => {
  for (const uid of [IMPLICIT, EXPLICIT, DEFLATED]) {
    for (const length of [26, 29, 59, null]) {
      const syntax = (start: Uint8Array | null) => storedSyntax(description(uid), length, start);
      assertEquals(syntax(null), null);
      assertEquals(syntax(ITEM), ENCAPSULATED);
      assertEquals(syntax(PIXELS), uid);
      assertEquals(syntax(ITEM.subarray(0, 3)), uid);
    }
  }
});

Deno.test("Pixel data of a compressed syntax is native where it is as long as its frames, without items", () => {
  for (const uid of [RLE, JPEG, ENCAPSULATED]) {
    for (const length of [27, 28]) {
      const syntax = (start: Uint8Array | null) => storedSyntax(description(uid), length, start);
      assertEquals(syntax(null), null);
      assertEquals(syntax(ITEM), uid);
      assertEquals(syntax(PIXELS), EXPLICIT);
      assertEquals(syntax(new Uint8Array(0)), EXPLICIT);
    }
    for (const length of [26, 29, 1000, null]) {
      for (const start of [null, ITEM, PIXELS]) {
        assertEquals(storedSyntax(description(uid), length, start), uid);
      }
    }
  }
});
