import { readSharedFrames } from "./shared_frames.ts";
import { decodeJpegLossless } from "../../../dicom/codecs/jpeg_lossless.ts";
import { decodeJpegLs } from "../../../dicom/codecs/jpeg_ls.ts";
import { decodeJpeg2000 } from "../../../dicom/codecs/jpeg2000.ts";
import { decodeHtj2k } from "../../../dicom/codecs/htj2k.ts";
import { decodeDeflatedFrame } from "../../../dicom/codecs/deflated_frame.ts";
const oracle = JSON.parse(Deno.readTextFileSync("/work/shared/data/oracle.json"));
const codecs: any = {
  "1.2.840.10008.1.2.4.57": decodeJpegLossless,
  "1.2.840.10008.1.2.4.70": decodeJpegLossless,
  "1.2.840.10008.1.2.4.80": decodeJpegLs,
  "1.2.840.10008.1.2.4.81": decodeJpegLs,
  "1.2.840.10008.1.2.4.90": decodeJpeg2000,
  "1.2.840.10008.1.2.4.91": decodeJpeg2000,
  "1.2.840.10008.1.2.4.201": decodeHtj2k,
  "1.2.840.10008.1.2.4.202": decodeHtj2k,
  "1.2.840.10008.1.2.4.203": decodeHtj2k,
  "1.2.840.10008.1.2.8.1": decodeDeflatedFrame,
};
const list: [string, any][] = [];
for (const [f, s] of Object.entries<any>(oracle.series)) {
  for (const i of s.instances) list.push([`${f}/${i.file}.dcm`, i]);
}
for (const [f, i] of Object.entries<any>(oracle.codecs)) list.push([`codecs/${f}`, i]);
for (const [path, e] of list) {
  const o = Deno.readFileSync("/work/shared/data/" + path);
  const uid = new TextDecoder("latin1").decode(o.subarray(0, 600)).match(
    /1\.2\.840\.10008\.1\.2\.(4\.\d+|8\.1)/,
  )?.[0];
  const c = codecs[uid!];
  if (!c) continue;
  const parts: any[] = [];
  let ph = "", ms = 0;
  try {
    for (const { bytes, description } of await readSharedFrames(path)) {
      const t = performance.now();
      const fr = await c(bytes, description);
      ms += performance.now() - t;
      ph = description.photometricInterpretation + ">" + fr.photometricInterpretation + " " +
        fr.data.constructor.name + " " + description.bitsStored + "/" +
        description.pixelRepresentation;
      parts.push(new Uint8Array(fr.data.buffer));
    }
    const all = new Uint8Array(await new Blob(parts).arrayBuffer());
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", all)).toHex().slice(0, 16);
    console.log(
      hash === e.pixels.sha256 ? "OK  " : "DIFF",
      path.slice(-50),
      uid!.slice(-6),
      ph,
      e.pixels.dtype,
      ms.toFixed(0),
    );
  } catch (x) {
    console.log("FAIL", path, uid, x);
  }
}
