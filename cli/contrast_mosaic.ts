import { checkContrastMosaicOptions } from "../series_index/draw_contrast_mosaic.ts";
import type { Invocation } from "./command.ts";
import { drawPicture } from "./draw_picture.ts";
import { parseStack } from "./parse_stack.ts";
import { readContrasts } from "./read_contrasts.ts";
import { readSliceChoice } from "./read_slice_choice.ts";

/** Runs `series-preview contrast-mosaic SERIES OUTPUT`. */
export async function runContrastMosaic(invocation: Invocation): Promise<number> {
  const { options } = invocation;
  const request = {
    ...readSliceChoice(options),
    samples: options.number("samples"),
    start: options.number("start"),
    end: options.number("end"),
    width: options.number("width"),
    height: options.number("height"),
    contrasts: readContrasts(options),
    labels: !options.flag("no-labels"),
    stack: parseStack(options.text("stack")),
  };
  checkContrastMosaicOptions(request);
  return await drawPicture(
    invocation,
    request,
    (index, onProgress) => index.renderContrastMosaic({ ...request, onProgress }),
  );
}
