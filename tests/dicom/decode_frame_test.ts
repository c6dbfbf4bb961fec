import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
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
