import { checkMosaicOptions } from "../series_index/draw_mosaic.ts";
import type { Invocation } from "./command.ts";
import { drawPicture } from "./draw_picture.ts";
import { parseStack } from "./parse_stack.ts";
import { readContrast } from "./read_contrast.ts";

/** Runs `series-preview mosaic SERIES OUTPUT`. */
export async function runMosaic(invocation: Invocation): Promise<number> {
  const { options } = invocation;
  const request = {
    samples: options.number("samples"),
    columns: options.number("columns"),
    rows: options.number("rows"),
    width: options.number("width"),
    height: options.number("height"),
    shrinkToFit: options.flag("shrink-to-fit"),
    start: options.number("start"),
    end: options.number("end"),
    contrast: readContrast(options),
    labels: options.flag("labels"),
    stack: parseStack(options.text("stack")),
  };
  checkMosaicOptions(request);
  return await drawPicture(
    invocation,
    request,
    (index, onProgress) => index.renderMosaic({ ...request, onProgress }),
  );
}
