import { assertEquals } from "@std/assert";
import { decodeFrame } from "@dicom/series-preview/dicom";
import { planJpeg2000Prefix } from "../../dicom/codecs/plan_jpeg2000_prefix.ts";
import { hasResolutions } from "../../dicom/has_resolutions.ts";
import { wholeHeader } from "../dicom/header_facts.ts";
import { checkPrefix } from "../dicom/codecs/check_prefix.ts";
import { readSharedFrames } from "../dicom/codecs/shared_frames.ts";
import { listKinds, readShared, testShared } from "../support/shared_data.ts";

/** Has a style of coding of its own in its tile-part's header, which may change where packets are. */
const unproved = "codecs/JPEG2000_RGB_8b.dcm";

testShared("Prefixes of JPEG 2000 and HTJ2K decode as the whole frames do", async (oracle) => {
  let checked = 0;
  for (const { path } of listKinds(oracle)) {
    if (!hasResolutions(wholeHeader(readShared(path)).transferSyntaxUID)) continue;
    const [{ bytes, description }] = await readSharedFrames(path) as [
      Awaited<ReturnType<typeof readSharedFrames>>[number],
    ];
    for (const level of [1, 2, 3]) {
      if (path === unproved) {
        assertEquals(planJpeg2000Prefix(bytes, level, bytes.length), { kind: "whole" });
      } else {
        await checkPrefix(bytes, description, decodeFrame, level, `${path}, level ${level}`);
        checked++;
      }
    }
  }
  assertEquals(checked, 3 * 10);
});
