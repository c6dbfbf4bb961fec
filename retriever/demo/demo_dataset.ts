import { DEMO_GRID } from "./demo_grid.ts";

/** CT Image Storage (PS3.4 B.5). */
const CT_IMAGE_STORAGE = "1.2.840.10008.5.1.4.1.1.2";
/** UIDs made from UUIDs (PS3.5 B.2), drawn once and for all. */
const STUDY_UID = "2.25.233585322689340491182932334571978584500";
const SERIES_UID = "2.25.146722623018853624661044833724266639487";
const FRAME_OF_REFERENCE_UID = "2.25.205127800914109071449068574244427029226";
/** The UIDs of the instances count up from this one. */
const FIRST_INSTANCE = 110446172717428823318205332180904798950n;

const DATE = "20260105";
const TIME = "101500";

/**
 * The naturalized dataset of an instance of the demo series, all but its pixel data: a CT image
 * (PS3.3 A.3) that says of itself that it is synthetic.
 *
 * @param slice 0 for the lowest slice, nearest to the feet.
 */
export function demoDataset(slice: number): Record<string, unknown> {
  const { rows, columns, pixelSpacing, sliceSpacing, left, front, bottom, intercept } = DEMO_GRID;
  const z = bottom + slice * sliceSpacing;
  return {
    SpecificCharacterSet: "ISO_IR 100",
    ImageType: ["ORIGINAL", "PRIMARY", "AXIAL"],
    InstanceCreationDate: DATE,
    InstanceCreationTime: TIME,
    SOPClassUID: CT_IMAGE_STORAGE,
    SOPInstanceUID: `2.25.${FIRST_INSTANCE + BigInt(slice)}`,
    SyntheticData: "YES",
    StudyDate: DATE,
    SeriesDate: DATE,
    AcquisitionDate: DATE,
    ContentDate: DATE,
    StudyTime: TIME,
    SeriesTime: TIME,
    AcquisitionTime: TIME,
    ContentTime: TIME,
    AccessionNumber: "",
    Modality: "CT",
    Manufacturer: "series-preview",
    ReferringPhysicianName: "",
    StudyDescription: "CT THORAX, SYNTHETIC",
    SeriesDescription: "Thorax 1.5 mm, synthetic",
    ManufacturerModelName: "Demo Torso",
    PatientName: "Demo^Torso",
    PatientID: "DEMO",
    PatientBirthDate: "",
    PatientSex: "O",
    ContrastBolusAgent: "Simulated",
    BodyPartExamined: "CHEST",
    ScanOptions: "HELICAL",
    SliceThickness: sliceSpacing,
    KVP: 120,
    SpacingBetweenSlices: sliceSpacing,
    DataCollectionDiameter: 500,
    SoftwareVersions: "1",
    ProtocolName: "Demo torso",
    ReconstructionDiameter: columns * pixelSpacing,
    GantryDetectorTilt: 0,
    TableHeight: 150,
    RotationDirection: "CW",
    ExposureTime: 500,
    XRayTubeCurrent: 220,
    Exposure: 110,
    FilterType: "BODY",
    ConvolutionKernel: "STANDARD",
    PatientPosition: "HFS",
    StudyInstanceUID: STUDY_UID,
    SeriesInstanceUID: SERIES_UID,
    StudyID: "DEMO",
    SeriesNumber: 2,
    AcquisitionNumber: 1,
    InstanceNumber: slice + 1,
    ImagePositionPatient: [left, front, z],
    ImageOrientationPatient: [1, 0, 0, 0, 1, 0],
    FrameOfReferenceUID: FRAME_OF_REFERENCE_UID,
    PositionReferenceIndicator: "",
    SliceLocation: z,
    SamplesPerPixel: 1,
    PhotometricInterpretation: "MONOCHROME2",
    Rows: rows,
    Columns: columns,
    PixelSpacing: [pixelSpacing, pixelSpacing],
    BitsAllocated: 16,
    BitsStored: 16,
    HighBit: 15,
    PixelRepresentation: 1,
    BurnedInAnnotation: "NO",
    WindowCenter: [50, -500],
    WindowWidth: [350, 1500],
    RescaleIntercept: intercept,
    RescaleSlope: 1,
    RescaleType: "HU",
    WindowCenterWidthExplanation: ["MEDIASTINUM", "LUNG"],
    LossyImageCompression: "00",
  };
}
