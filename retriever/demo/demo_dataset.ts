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

/** An attribute as it is written: tag, VR and values. */
export type DemoElement = readonly [tag: number, vr: string, ...values: (string | number)[]];

/** Attributes by keyword. */
export interface DemoDataset {
  readonly SOPClassUID: DemoElement;
  readonly SOPInstanceUID: DemoElement;
  readonly [keyword: string]: DemoElement;
}

/**
 * The attributes of an instance of the demo series by keyword, in the order of their tags, all but
 * its pixel data: a CT image (PS3.3 A.3) that says of itself that it is synthetic.
 *
 * @param slice 0 for the lowest slice, nearest to the feet.
 */
export function demoDataset(slice: number): DemoDataset {
  const { rows, columns, pixelSpacing, sliceSpacing, left, front, bottom, intercept } = DEMO_GRID;
  const z = bottom + slice * sliceSpacing;
  return {
    SpecificCharacterSet: [0x00080005, "CS", "ISO_IR 100"],
    ImageType: [0x00080008, "CS", "ORIGINAL", "PRIMARY", "AXIAL"],
    InstanceCreationDate: [0x00080012, "DA", DATE],
    InstanceCreationTime: [0x00080013, "TM", TIME],
    SOPClassUID: [0x00080016, "UI", CT_IMAGE_STORAGE],
    SOPInstanceUID: [0x00080018, "UI", `2.25.${FIRST_INSTANCE + BigInt(slice)}`],
    SyntheticData: [0x0008001c, "CS", "YES"],
    StudyDate: [0x00080020, "DA", DATE],
    SeriesDate: [0x00080021, "DA", DATE],
    AcquisitionDate: [0x00080022, "DA", DATE],
    ContentDate: [0x00080023, "DA", DATE],
    StudyTime: [0x00080030, "TM", TIME],
    SeriesTime: [0x00080031, "TM", TIME],
    AcquisitionTime: [0x00080032, "TM", TIME],
    ContentTime: [0x00080033, "TM", TIME],
    AccessionNumber: [0x00080050, "SH"],
    Modality: [0x00080060, "CS", "CT"],
    Manufacturer: [0x00080070, "LO", "series-preview"],
    ReferringPhysicianName: [0x00080090, "PN"],
    StudyDescription: [0x00081030, "LO", "CT THORAX, SYNTHETIC"],
    SeriesDescription: [0x0008103e, "LO", "Thorax 1.5 mm, synthetic"],
    ManufacturerModelName: [0x00081090, "LO", "Demo Torso"],
    PatientName: [0x00100010, "PN", "Demo^Torso"],
    PatientID: [0x00100020, "LO", "DEMO"],
    PatientBirthDate: [0x00100030, "DA"],
    PatientSex: [0x00100040, "CS", "O"],
    ContrastBolusAgent: [0x00180010, "LO", "Simulated"],
    BodyPartExamined: [0x00180015, "CS", "CHEST"],
    ScanOptions: [0x00180022, "CS", "HELICAL"],
    SliceThickness: [0x00180050, "DS", sliceSpacing],
    KVP: [0x00180060, "DS", 120],
    SpacingBetweenSlices: [0x00180088, "DS", sliceSpacing],
    DataCollectionDiameter: [0x00180090, "DS", 500],
    SoftwareVersions: [0x00181020, "LO", "1"],
    ProtocolName: [0x00181030, "LO", "Demo torso"],
    ReconstructionDiameter: [0x00181100, "DS", columns * pixelSpacing],
    GantryDetectorTilt: [0x00181120, "DS", 0],
    TableHeight: [0x00181130, "DS", 150],
    RotationDirection: [0x00181140, "CS", "CW"],
    ExposureTime: [0x00181150, "IS", 500],
    XRayTubeCurrent: [0x00181151, "IS", 220],
    Exposure: [0x00181152, "IS", 110],
    FilterType: [0x00181160, "SH", "BODY"],
    ConvolutionKernel: [0x00181210, "SH", "STANDARD"],
    PatientPosition: [0x00185100, "CS", "HFS"],
    StudyInstanceUID: [0x0020000d, "UI", STUDY_UID],
    SeriesInstanceUID: [0x0020000e, "UI", SERIES_UID],
    StudyID: [0x00200010, "SH", "DEMO"],
    SeriesNumber: [0x00200011, "IS", 2],
    AcquisitionNumber: [0x00200012, "IS", 1],
    InstanceNumber: [0x00200013, "IS", slice + 1],
    ImagePositionPatient: [0x00200032, "DS", left, front, z],
    ImageOrientationPatient: [0x00200037, "DS", 1, 0, 0, 0, 1, 0],
    FrameOfReferenceUID: [0x00200052, "UI", FRAME_OF_REFERENCE_UID],
    PositionReferenceIndicator: [0x00201040, "LO"],
    SliceLocation: [0x00201041, "DS", z],
    SamplesPerPixel: [0x00280002, "US", 1],
    PhotometricInterpretation: [0x00280004, "CS", "MONOCHROME2"],
    Rows: [0x00280010, "US", rows],
    Columns: [0x00280011, "US", columns],
    PixelSpacing: [0x00280030, "DS", pixelSpacing, pixelSpacing],
    BitsAllocated: [0x00280100, "US", 16],
    BitsStored: [0x00280101, "US", 16],
    HighBit: [0x00280102, "US", 15],
    PixelRepresentation: [0x00280103, "US", 1],
    BurnedInAnnotation: [0x00280301, "CS", "NO"],
    WindowCenter: [0x00281050, "DS", 50, -500],
    WindowWidth: [0x00281051, "DS", 350, 1500],
    RescaleIntercept: [0x00281052, "DS", intercept],
    RescaleSlope: [0x00281053, "DS", 1],
    RescaleType: [0x00281054, "LO", "HU"],
    WindowCenterWidthExplanation: [0x00281055, "LO", "MEDIASTINUM", "LUNG"],
    LossyImageCompression: [0x00282110, "CS", "00"],
  };
}
