import { CacheError } from "../../errors.ts";
import { getCacheDirectory } from "@dicom/series-preview/index-cache";
import { assertEquals, assertThrows } from "@std/assert";

function directory(
  platform: string,
  variables: Readonly<Record<string, string>>,
  cacheDir?: string,
): string {
  return getCacheDirectory({ platform, cacheDir, env: (name) => variables[name] });
}

Deno.test("the option wins, then the variable, then the platform's folder", () => {
  const variables = { HOME: "/home/ada", IDC_SERIES_PREVIEW_CACHE_DIR: "/shared" };
  assertEquals(directory("linux", variables, "/mine"), "/mine");
  assertEquals(directory("linux", variables), "/shared");
  assertEquals(directory("linux", { HOME: "/home/ada" }), "/home/ada/.cache/idc-series-preview");
});

Deno.test("an empty variable counts as absent, and so does a relative XDG_CACHE_HOME", () => {
  const home = { HOME: "/home/ada" };
  const expected = "/home/ada/.cache/idc-series-preview";
  assertEquals(directory("linux", { ...home, IDC_SERIES_PREVIEW_CACHE_DIR: "" }), expected);
  assertEquals(directory("linux", { ...home, XDG_CACHE_HOME: "" }), expected);
  assertEquals(directory("linux", { ...home, XDG_CACHE_HOME: "cache" }), expected);
  assertEquals(
    directory("linux", { ...home, XDG_CACHE_HOME: "/var/cache" }),
    "/var/cache/idc-series-preview",
  );
});

Deno.test("macOS and Windows have cache folders of their own", () => {
  assertEquals(
    directory("darwin", { HOME: "/Users/ada", XDG_CACHE_HOME: "/x" }),
    "/Users/ada/Library/Caches/idc-series-preview",
  );
  assertEquals(
    directory("windows", { LOCALAPPDATA: "C:\\Users\\ada\\AppData\\Local" }),
    "C:\\Users\\ada\\AppData\\Local\\idc-series-preview",
  );
});

Deno.test("without a home there is no cache folder", () => {
  assertThrows(() => directory("linux", {}), CacheError, "HOME is not set");
  assertThrows(() => directory("darwin", {}), CacheError, "HOME is not set");
  assertThrows(() => directory("windows", { HOME: "/x" }), CacheError, "LOCALAPPDATA");
});

Deno.test("variables of the process are read by default", {
  permissions: { env: true },
}, () => {
  Deno.env.set("IDC_SERIES_PREVIEW_CACHE_DIR", "/from/the/process");
  try {
    assertEquals(getCacheDirectory(), "/from/the/process");
  } finally {
    Deno.env.delete("IDC_SERIES_PREVIEW_CACHE_DIR");
  }
});

Deno.test("variables that may not be read count as absent", { permissions: "none" }, () => {
  assertThrows(() => getCacheDirectory({ platform: "linux" }), CacheError, "may not be read");
});

Deno.test("variables that may not be read are not asked for", { permissions: "none" }, () => {
  // On a terminal to ask for one is to stop the program with a question.
  const { get } = Deno.env;
  const asked: string[] = [];
  Deno.env.get = (name) => void asked.push(name);
  try {
    assertThrows(() => getCacheDirectory({ platform: "linux" }), CacheError);
  } finally {
    Deno.env.get = get;
  }
  assertEquals(asked, []);
});
