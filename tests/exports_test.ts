import { assert, assertEquals } from "@std/assert";
import config from "../deno.json" with { type: "json" };
import { runProgram } from "./support/run_program.ts";
import { readStaticImports } from "./support/static_imports.ts";

/** The packages, and the rooms, that each export loads before it is used; all else comes when it is needed. */
const loads: Readonly<
  Record<keyof typeof config.exports, { packages: string[]; rooms: string[] }>
> = {
  ".": {
    packages: ["dcmjs", "pako"],
    rooms: [
      ...["contrast", "deno.json", "dicom", "errors.ts", "index_cache", "mod.ts"],
      ...["mosaic", "retriever", "runtime", "series_index"],
    ],
  },
  "./retriever": {
    packages: ["dcmjs", "pako"],
    rooms: ["dicom", "errors.ts", "retriever", "runtime"],
  },
  "./index-cache": {
    packages: [],
    rooms: ["deno.json", "dicom", "errors.ts", "index_cache", "runtime"],
  },
  "./mosaic": { packages: [], rooms: ["contrast", "dicom", "errors.ts", "mosaic"] },
  "./contrast": { packages: [], rooms: ["contrast", "dicom", "errors.ts"] },
  "./dicom": { packages: ["dcmjs", "pako"], rooms: ["dicom", "errors.ts"] },
  "./cli": {
    packages: [],
    rooms: [
      ...["cli", "cli.ts", "contrast", "deno.json", "errors.ts", "retriever", "runtime"],
    ],
  },
};

for (const [name, file] of Object.entries(config.exports)) {
  Deno.test(`the export ${name} loads no more than it needs`, async () => {
    const { files, packages } = await readStaticImports(file);
    // The standard library comes from its stand-ins here, or from JSR.
    const rooms = [...new Set(files.map((each) => each.split("/", 1)[0]!))]
      .filter((room) => room !== "std").sort();
    const others = packages.filter((each) => !each.includes("/@std/"));
    assertEquals({ packages: others, rooms }, loads[name as keyof typeof loads]);
  });
}

Deno.test("every export can be imported alone, and asks for nothing", async () => {
  const programs = Object.values(config.exports).map((file) => {
    const address = import.meta.resolve(`../${file}`);
    // Errors that no permission would have been asked for are errors, too: there is no prompt.
    return `import * as all from ${JSON.stringify(address)};
      console.log(Object.keys(all).length > 0 && Object.values(all).every((each) => each !== undefined));`;
  });
  const answers = await Promise.all(programs.map((program) => runProgram(program)));
  assertEquals(answers, programs.map(() => ["true"]));
});

Deno.test("the core imports nothing of Node.js, and touches Deno only where files are", async () => {
  const { files } = await readStaticImports("mod.ts");
  assert(files.length > 100);
  for (const file of files) {
    const source = await Deno.readTextFile(new URL(`../${file}`, import.meta.url));
    const code = source.replace(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, "");
    assertEquals(/from "node:/.test(code), false, file);
    assertEquals(/\bDeno\.(?!permissions\b)\w/.test(code), false, `${file} uses Deno`);
  }
});
