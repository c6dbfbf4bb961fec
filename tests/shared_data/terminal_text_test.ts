import { join } from "@std/path";
import { testSessions } from "../cli/test_sessions.ts";
import { sharedData, testShared } from "../support/shared_data.ts";

/** The series that sessions speak of, by the names of their folders there. */
const series: Readonly<Record<string, string>> = {
  "adc": "09bb21eb-c87d-5dac-b363-a61ab340c0b0",
  "brain-fmri": "138819b9-e36c-5145-9355-73c76500b26f",
  "contours": "eb8e09e3-af11-51ba-a194-f64781406699",
  "liver-ct": "e083f6fd-37d3-537c-a757-670ab03dd871",
  "localizer": "7fe2ee20-6d0a-56fc-942c-566bb6092f75",
  "mammogram": "226f10ab-9fdc-5073-92cc-c9e41d8536a8",
  "perfusion": "80194bc7-cc4d-52e5-be70-2f8088645a80",
  "segments": "c77c4b54-7570-58f2-996c-aa9376d8988f",
  "slide": "00304b3c-36ef-5c54-bb63-ff2775af7a81",
  "ultrasound": "e5298e42-1223-5d60-a788-421da4c3e4ad",
};

/** Copies the series that a session speaks of, beside a folder of no DICOM and an empty one. */
async function prepare(home: string, session: string): Promise<void> {
  for (const [name, uuid] of Object.entries(series)) {
    if (session.includes(name)) await copyFolder(new URL(`${uuid}/`, sharedData), join(home, name));
  }
  await Deno.mkdir(join(home, "empty"));
  await Deno.mkdir(join(home, "letters"));
  await Deno.writeTextFile(join(home, "letters", "letter.txt"), "Dear colleague,\n");
}

async function copyFolder(from: URL, to: string): Promise<void> {
  await Deno.mkdir(to);
  for await (const { name } of Deno.readDir(from)) {
    await Deno.writeFile(join(to, name), await Deno.readFile(new URL(name, from)));
  }
}

testSessions(new URL("terminal/", import.meta.url), { prepare, test: testShared });
