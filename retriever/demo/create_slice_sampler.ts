import { BodyWall } from "./body_wall.ts";
import { ChestSection } from "./chest_section.ts";
import { coverage } from "./coverage.ts";
import { createCurve } from "./create_curve.ts";
import { length } from "./length.ts";
import { NoiseSection } from "./noise_section.ts";
import { PolarProfile } from "./polar_profile.ts";
import { AXIS_Y, RIB_TO_PLEURA, RibCage } from "./rib_cage.ts";
import { SkeletonSection } from "./skeleton_section.ts";
import { SpineSection } from "./spine_section.ts";
import { tableHounsfield } from "./table_hounsfield.ts";
import { WallSection } from "./wall_section.ts";

/** Standard deviation of the scanner's noise in Hounsfield units: shoulders let less through. */
const NOISE = createCurve([30, 8.5], [88, 13]);

/**
 * Cuts the demo torso at a height and answers its radiodensity anywhere in that slice.
 *
 * The torso is that of nobody: it is made of surfaces with round numbers in mm, in the patient's
 * coordinates (PS3.3 C.7.6.2: x grows to the patient's left, y to the back, z to the head). The
 * answer depends on the position and on nothing else, the noise included.
 *
 * @param z Height in mm; the demo series reaches from -90 to 88.5.
 * @returns A function of x and y in mm that answers Hounsfield units.
 */
export function createSliceSampler(z: number): (x: number, y: number) => number {
  const noise = new NoiseSection(z);
  const noiseLevel = NOISE(z);
  const body = new BodyWall(z);
  let inside: ((x: number, y: number) => number) | undefined;
  return (x, y) => {
    const grain = noiseLevel * noise.grain(x, y);
    // Rows above the patient are air, and must not cost the cutting of what is inside.
    if (!body.skin.near(x, y - AXIS_Y, 1)) return tableHounsfield(x, y) + grain;
    inside ??= createBodySampler(z, body, noise);
    return inside(x, y) + grain;
  };
}

/** The radiodensity, without noise, near and inside the body. */
function createBodySampler(
  z: number,
  body: BodyWall,
  noise: NoiseSection,
): (x: number, y: number) => number {
  const cage = new RibCage(z);
  const spine = new SpineSection(z);
  const wall = new WallSection(z, body, cage);
  const chest = new ChestSection(z, wall, cage, spine);
  const skeleton = new SkeletonSection(z, cage, spine);
  // One record for all points of the slice: making one for each would cost more than its use.
  const spot = { x: 0, y: 0, place: 0, fromSkin: 0, fromRibs: 0, texture: 0, grain: 0 };

  return (x, y) => {
    const back = y - AXIS_Y;
    const place = PolarProfile.place(x, back);
    const fromAxis = length(x, back);
    const fromSkin = body.skin.distance(fromAxis, place);
    if (fromSkin > 1) return tableHounsfield(x, y);
    const fromRibs = cage.surface.distance(fromAxis, place);
    spot.x = x;
    spot.y = y;
    spot.place = place;
    spot.fromSkin = fromSkin;
    spot.fromRibs = fromRibs;
    spot.texture = noise.texture(x, y);
    spot.grain = noise.grain(x, y);
    const inside = coverage(fromRibs + RIB_TO_PLEURA);
    let value = inside < 1 ? wall.hounsfield(spot) : 0;
    if (inside > 0) value += (chest.hounsfield(spot) - value) * inside;
    value = skeleton.paint(spot, value);
    if (fromSkin < -1) return value;
    const around = tableHounsfield(x, y);
    return around + (value - around) * coverage(fromSkin);
  };
}
