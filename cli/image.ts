import { checkSliceChoice } from "../series_index/choose_slice.ts";
import { checkImageOptions } from "../series_index/image_options.ts";
import type { Invocation } from "./command.ts";
import { drawPicture } from "./draw_picture.ts";
import { parseStack } from "./parse_stack.ts";
import { readContrast } from "./read_contrast.ts";
import { readSliceChoice } from "./read_slice_choice.ts";

/** Runs `series-preview image SERIES OUTPUT`. */
export async function runImage(invocation: Invocation): Promise<number> {
  const { options } = invocation;
  const request = {
    ...readSliceChoice(options),
    width: options.number("width"),
    height: options.number("height"),
    contrast: readContrast(options),
    stack: parseStack(options.text("stack")),
  };
  checkSliceChoice(request);
  checkImageOptions(request);
  return await drawPicture(invocation, request, async (index) => {
    const image = await index.getImage(request);
    return { image, columns: 1, rows: 1, slices: [image.slice], failed: [] };
  });
}
