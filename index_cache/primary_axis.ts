/**
 * The axis of the patient that a slice's normal is nearest to, in DICOM's LPS coordinates: `X` for
 * sagittal, `Y` for coronal, `Z` for axial slices; `I` for a slice without geometry.
 */
export type PrimaryAxis = "X" | "Y" | "Z" | "I";
