import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import {
  decodePixels,
  readAttributes,
  toAttributeValues,
  transferSyntax,
} from "@dicom/series-preview/dicom";
import { canDecode } from "../../dicom/decode_frame.ts";
import { explainRefusal } from "../../dicom/explain_refusal.ts";
import { transferSyntaxUIDs } from "../../dicom/transfer_syntax.ts";
import { wholeHeader } from "../dicom/header_facts.ts";
import {
  type Agreement,
  compareValues,
  compareWithOracle,
} from "../support/compare_with_oracle.ts";
import { readReadmeSection, withoutLayout, writeReadmeSection } from "../support/readme_section.ts";
import { listInstances, type Oracle, readShared, testShared } from "../support/shared_data.ts";
import { madeImages } from "./made_images.ts";

/** The name of the generated section of the README. */
const section = "transfer syntaxes";
const update = Deno.args.includes("--update");
const howToUpdate =
  "write it anew with `deno test -A tests/shared_data/transfer_syntaxes_test.ts -- --update`";

/** Lossy and in floats, so that decoders round in their own ways; all others agree to the bit. */
const inexact = "1.2.840.10008.1.2.4.203";

/** What was seen of an instance that was decoded and compared. */
interface Sighting {
  readonly transferSyntaxUID: string;
  /** Whether it was made for the test. */
  readonly made: boolean;
  readonly agreement: Agreement;
  readonly bitsStored: number;
  readonly photometricInterpretation: string;
  /** Whether its first frame could be decoded at half the resolution. */
  readonly reduced: boolean;
}

async function sight(
  object: Uint8Array,
  made: boolean,
  agreement: Agreement,
): Promise<Sighting> {
  const header = wholeHeader(object);
  const { BitsStored, PhotometricInterpretation } = toAttributeValues(await readAttributes(header));
  const [whole, half] = [
    await decodePixels(object, { frames: [0] }),
    await decodePixels(object, { frames: [0], level: 1 }),
  ];
  return {
    transferSyntaxUID: header.transferSyntaxUID,
    made,
    agreement,
    bitsStored: Number(BitsStored),
    photometricInterpretation: String(PhotometricInterpretation),
    reduced: half.rows < whole.rows,
  };
}

/** Decodes all shared instances, and made ones in the transfer syntaxes that are not among them. */
async function sightAll(oracle: Oracle): Promise<Sighting[]> {
  const sightings: Sighting[] = [];
  for (const { path, expected } of listInstances(oracle)) {
    if (!expected.pixels) continue;
    const object = readShared(path);
    const agreement = await compareWithOracle(await decodePixels(object), expected);
    const mayDiffer = wholeHeader(object).transferSyntaxUID === inexact;
    assert(agreement === "exact" || (agreement !== null && mayDiffer), `${path}: ${agreement}`);
    sightings.push(await sight(object, false, agreement));
  }
  const seen = new Set(sightings.map(({ transferSyntaxUID }) => transferSyntaxUID));
  for (const uid of transferSyntaxUIDs.filter(canDecode)) {
    if (seen.has(uid)) continue;
    for (const { object, values } of await madeImages(uid)) {
      const agreement = compareValues((await decodePixels(object)).data, values);
      assert(agreement !== null, `what was made in ${uid} is further than 1 from what it must be`);
      sightings.push(await sight(object, true, agreement));
    }
  }
  return sightings;
}

/** The row of a transfer syntax that is decoded. */
function writeRow(uid: string, sightings: readonly Sighting[]): string {
  const own = sightings.filter(({ transferSyntaxUID }) => transferSyntaxUID === uid);
  const listed = <Value>(values: readonly Value[]) => [...new Set(values)].join(", ");
  const agreements = [...new Set(own.map(({ agreement }) => agreement))].sort();
  const checked = agreements.map((agreement) =>
    `${own.filter((each) => each.agreement === agreement).length} ${agreement}`
  );
  const made = own.some((each) => each.made) ? "none seen; made: " : "";
  const cells = [
    ...[transferSyntax(uid).name.replaceAll("&", "and"), `\`${uid}\``],
    own.length === 0 ? "none seen" : made + checked.join(", "),
    listed(own.map(({ bitsStored }) => bitsStored).sort((a, b) => a - b)),
    listed(own.map(({ photometricInterpretation }) => photometricInterpretation).sort()),
    own.some(({ reduced }) => reduced) ? "yes" : "no",
  ];
  return `| ${cells.join(" | ")} |`;
}

/** Why transfer syntaxes are refused, with their UIDs, one paragraph a reason. */
function writeRefusals(): string {
  const byReason = new Map<string, string[]>();
  for (const uid of transferSyntaxUIDs.filter((uid) => !canDecode(uid))) {
    const reason = explainRefusal(uid).split("cannot be decoded: ")[1]!;
    byReason.set(reason, [...byReason.get(reason) ?? [], uid]);
  }
  return [...byReason].map(([reason, uids]) =>
    `- ${reason}: ${uids.map((uid) => `\`${uid}\``).join(", ")}`
  ).join("\n");
}

function writeSection(sightings: readonly Sighting[]): string {
  const decoded = transferSyntaxUIDs.filter(canDecode);
  const header = [
    ...["transfer syntax", "UID", "files compared"],
    ...["bits stored", "photometric interpretations", "at reduced resolution"],
  ];
  return [
    `| ${header.join(" | ")} |`,
    `|${header.map(() => " --- |").join("")}`,
    ...decoded.map((uid) => writeRow(uid, sightings)),
    "",
    "Refused, by name and with what to do instead:",
    "",
    writeRefusals(),
  ].join("\n");
}

testShared("The README's table tells what became of each transfer syntax", async (oracle) => {
  const written = writeSection(await sightAll(oracle));
  if (update) await writeReadmeSection(section, written);
  const rowsOf = (markdown: string) => withoutLayout(markdown).split(" | | ");
  assertEquals(rowsOf(await readReadmeSection(section)), rowsOf(written), howToUpdate);
});

Deno.test("Every transfer syntax stands in the README's table, or among those refused", async () => {
  const text = await readReadmeSection(section);
  for (const uid of transferSyntaxUIDs) assertStringIncludes(text, `\`${uid}\``, howToUpdate);
  assertStringIncludes(text, withoutLayout(writeRefusals()), howToUpdate);
});
