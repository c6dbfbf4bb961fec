import { assertEquals, assertThrows } from "@std/assert";
import { frameDataset } from "@dicom/series-preview/dicom";
import { UsageError } from "../../errors.ts";

const BOTH = {
  NumberOfFrames: 2,
  SliceThickness: 9,
  SharedFunctionalGroupsSequence: [{
    PlaneOrientationSequence: [{ ImageOrientationPatient: [1, 0, 0, 0, 1, 0] }],
    PixelMeasuresSequence: [{ PixelSpacing: [2, 2], SliceThickness: 5 }],
  }],
  PerFrameFunctionalGroupsSequence: [
    { PlanePositionSequence: [{ ImagePositionPatient: [0, 0, 1] }] },
    {
      PlanePositionSequence: [{ ImagePositionPatient: [0, 0, 2] }],
      PixelMeasuresSequence: [{ PixelSpacing: [3, 3] }],
    },
  ],
};

Deno.test("a frame's attributes are its own groups', then the shared ones', then the instance's", () => {
  assertEquals(frameDataset(BOTH, 0), {
    NumberOfFrames: 2,
    SliceThickness: 5,
    ImageOrientationPatient: [1, 0, 0, 0, 1, 0],
    PixelSpacing: [2, 2],
    ImagePositionPatient: [0, 0, 1],
  });
});

Deno.test("a frame's own group takes the place of the shared one whole", () => {
  // Nothing of the shared Pixel Measures holds for it, so the instance's thickness is what is left.
  assertEquals(frameDataset(BOTH, 1), {
    NumberOfFrames: 2,
    SliceThickness: 9,
    ImageOrientationPatient: [1, 0, 0, 0, 1, 0],
    PixelSpacing: [3, 3],
    ImagePositionPatient: [0, 0, 2],
  });
});

Deno.test("what cannot be told by keyword keeps its sequence", () => {
  const two = [{ CodeValue: "a" }, { CodeValue: "b" }];
  const first = { FrameType: "ORIGINAL" };
  const other = [{ FrameType: "DERIVED", PixelPresentation: "COLOR" }];
  const secret = [{ "20050010": "MAKER", "20051001": 1, Manufacturer: "M" }];
  const group = {
    ReferencedImageSequence: two,
    DerivationImageSequence: [],
    CTImageFrameTypeSequence: [first],
    MRImageFrameTypeSequence: other,
    FrameContentSequence: secret,
    "2005140F": [{ EchoTime: 5 }],
    "20050014": "MAKER",
  };
  assertEquals(frameDataset({ PerFrameFunctionalGroupsSequence: [group] }, 0), {
    ReferencedImageSequence: two,
    DerivationImageSequence: [],
    FrameType: "ORIGINAL",
    PixelPresentation: "COLOR",
    MRImageFrameTypeSequence: other,
    Manufacturer: "M",
    FrameContentSequence: secret,
    "2005140F": [{ EchoTime: 5 }],
    "20050014": "MAKER",
  });
});

Deno.test("two groups that say the same of an attribute are told by keyword", () => {
  const big = 2n ** 60n;
  const dataset = {
    SharedFunctionalGroupsSequence: [{ A: [{ X: [1, big], Y: 1 }], B: [{ X: [1, big] }] }],
  };
  assertEquals(frameDataset(dataset, 0), { X: [1, big], Y: 1 });
});

Deno.test("an instance without functional groups is the header of each of its frames", () => {
  const dataset = { NumberOfFrames: 3, Modality: "NM" };
  assertEquals(frameDataset(dataset, 2), dataset);
  assertEquals(frameDataset({ Modality: "CT" }, 0), { Modality: "CT" });
});

Deno.test("a frame that has no item of its own has the shared groups", () => {
  const dataset = { ...BOTH, NumberOfFrames: 3 };
  assertEquals(frameDataset(dataset, 2).SliceThickness, 5);
  assertEquals(frameDataset(dataset, 2).ImagePositionPatient, undefined);
});

Deno.test("a frame that there is not is a usage error", () => {
  for (const frame of [-1, 2, 0.5, NaN]) {
    assertThrows(() => frameDataset(BOTH, frame), UsageError, "the instance has 2");
  }
});
