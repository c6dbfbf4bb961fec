import { assert, assertEquals, assertMatch, assertRejects, assertThrows } from "@std/assert";
import {
  canDecode,
  decodeFrame,
  requireDecodable,
  transferSyntax,
} from "@dicom/series-preview/dicom";
import { UnsupportedTransferSyntaxError } from "../../errors.ts";
import { sampleDescription } from "./sample_description.ts";

Deno.test("Native, deflated and RLE pixels can be decoded", () => {
  for (const uid of ["", ".1", ".2", ".1.99", ".5"]) {
    assert(canDecode(`1.2.840.10008.1.2${uid}`));
    requireDecodable(`1.2.840.10008.1.2${uid}`);
  }
});

Deno.test("A transfer syntax that cannot be decoded is named, with the address", async () => {
  for (const uid of ["1.2.840.10008.1.2.4.100", "1.2.3.4", "constructor", "toString"]) {
    assert(!canDecode(uid));
    const description = sampleDescription({ transferSyntaxUID: uid });
    const error = await assertRejects(
      () => decodeFrame(new Uint8Array(12), description, { address: "memory:a" }),
      UnsupportedTransferSyntaxError,
      uid,
    );
    assertEquals([error.transferSyntaxUID, error.address], [uid, "memory:a"]);
    assertThrows(() => requireDecodable(uid), UnsupportedTransferSyntaxError);
  }
});

Deno.test("What is no still image in the object is refused with what to do instead", () => {
  const advice: Record<string, RegExp> = {
    ".4.100": /MPEG2 Main Profile.* it is video: fetch the object and play it with ffmpeg or mpv$/,
    ".4.101.1": /Fragmentable MPEG2.* it is video/,
    ".4.102": /H\.264.* it is video/,
    ".4.106.1": /Fragmentable MPEG-4 AVC\/H\.264 Stereo.* it is video/,
    ".4.107": /HEVC\/H\.265.* it is video/,
    ".4.108": /HEVC\/H\.265 Main 10.* it is video/,
    ".4.92": /JPEG 2000 Part 2 .*have the archive send it as JPEG 2000/,
    ".4.93": /JPEG 2000 Part 2 .*have the archive send it as JPEG 2000/,
    ".4.94": /JPIP Referenced .*Pixel Data Provider URL \(0028,7FE0\)/,
    ".4.95": /JPIP Referenced Deflate .*JPIP client/,
    ".4.204": /JPIP HTJ2K Referenced .*JPIP client/,
    ".7.1": /SMPTE ST 2110-20 .*live video stream/,
    ".4.52": /unknown .*have the archive send them uncompressed/,
  };
  for (const [suffix, expected] of Object.entries(advice)) {
    const uid = `1.2.840.10008.1.2${suffix}`;
    const error = assertThrows(
      () => requireDecodable(uid, "memory:a"),
      UnsupportedTransferSyntaxError,
      `(${uid}) cannot be decoded: `,
    );
    assertMatch(error.message, expected);
    assert(!error.message.includes("\n"));
  }
});

Deno.test("Transfer syntaxes are told by UID, and unknown ones are encapsulated", () => {
  const facts = (uid: string) => {
    const { explicitVR, littleEndian, deflated, encapsulated } = transferSyntax(uid);
    return [explicitVR, littleEndian, deflated, encapsulated];
  };
  assertEquals(facts("1.2.840.10008.1.2"), [false, true, false, false]);
  assertEquals(facts("1.2.840.10008.1.2.1"), [true, true, false, false]);
  assertEquals(facts("1.2.840.10008.1.2.2"), [true, false, false, false]);
  assertEquals(facts("1.2.840.10008.1.2.1.99"), [true, true, true, false]);
  assertEquals(facts("1.2.840.10008.1.2.4.70"), [true, true, false, true]);
  assertEquals(facts("1.2.3"), [true, true, false, true]);
  assertEquals(transferSyntax("__proto__").name, "unknown");
});
