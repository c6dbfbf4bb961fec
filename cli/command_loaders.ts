import type { RunCommand } from "./command.ts";
import { commands } from "./commands.ts";

/**
 * Loads what runs each command, by its name. Nothing may import this module but `loadCommand`: it
 * leads to all files there are.
 */
export const commandLoaders: Readonly<Record<string, () => Promise<RunCommand>>> = {
  mosaic: async () => (await import("./mosaic.ts")).runMosaic,
  image: async () => (await import("./image.ts")).runImage,
  "contrast-mosaic": async () => (await import("./contrast_mosaic.ts")).runContrastMosaic,
  video: async () => (await import("./video.ts")).runVideo,
  header: async () => (await import("./header.ts")).runHeader,
  headers: async () => (await import("./headers.ts")).runHeaders,
  list: async () => (await import("./list.ts")).runList,
  "build-index": async () => (await import("./build_index.ts")).runBuildIndex,
  "clear-index": async () => (await import("./clear_index.ts")).runClearIndex,
  completions: async () => (await import("./completions.ts")).completionsOf(commands),
};
