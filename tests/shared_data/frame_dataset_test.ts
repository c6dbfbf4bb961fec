import { assert, assertEquals, assertGreater } from "@std/assert";
import { dicomHeaderToDict, frameDataset } from "@dicom/series-preview/dicom";
import { wholeHeader } from "../dicom/header_facts.ts";
import { listInstances, readShared, testShared } from "../support/shared_data.ts";

testShared(
  "Real multi-frame headers tell the position of each frame by keyword",
  async (oracle) => {
    let compared = 0;
    for (const { path, expected } of listInstances(oracle)) {
      const positions = expected.frames?.ipp;
      if (positions === undefined) continue;
      const dataset = await dicomHeaderToDict(wholeHeader(readShared(path)));
      if (dataset.PerFrameFunctionalGroupsSequence === undefined) continue;
      positions.forEach((position, frame) => {
        const own = frameDataset(dataset, frame);
        const found = own.ImagePositionPatient as readonly number[];
        assertEquals(found.map((each) => Number(each.toPrecision(7))), [...position], path);
        assert(!("PerFrameFunctionalGroupsSequence" in own), path);
        assert(!("PlanePositionSequence" in own), path);
      });
      compared++;
    }
    assertGreater(compared, 0);
  },
);
