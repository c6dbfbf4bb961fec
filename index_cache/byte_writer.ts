import { withRoom } from "./with_room.ts";

const encoder = new TextEncoder();

/** Code units of a text for which a call of the encoder costs more than a loop. */
const SHORT = 64;

/** What every writer has at first: many are made and never written to. */
const NO_BYTES = new Uint8Array(0);
const NO_VIEW = new DataView(NO_BYTES.buffer);

/** Writes numbers and texts one after another into bytes that grow. */
export class ByteWriter {
  #bytes = NO_BYTES;
  #view = NO_VIEW;
  #length = 0;

  /** How many bytes are written. */
  get length(): number {
    return this.#length;
  }

  /** What is written so far; valid until more is written. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }

  /** The same as a `DataView`, with the room behind it; valid until more is written. */
  get view(): DataView {
    return this.#view;
  }

  /** Takes what is written away, in no more room than it needs. */
  take(): Uint8Array<ArrayBuffer> {
    if (this.#length === 0) return new Uint8Array(0);
    const taken = new Uint8Array(this.#bytes.buffer.transfer(this.#length));
    this.#bytes = NO_BYTES;
    this.#view = NO_VIEW;
    this.#length = 0;
    return taken;
  }

  /** Writes a byte. */
  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = value;
  }

  /** Writes an unsigned integer of 32 bits. */
  uint32(value: number): void {
    this.#reserve(4);
    this.#view.setUint32(this.#length, value, true);
    this.#length += 4;
  }

  /** Writes a double. */
  double(value: number): void {
    this.#reserve(8);
    this.#view.setFloat64(this.#length, value, true);
    this.#length += 8;
  }

  /** Writes a text as UTF-8, without its length. */
  text(value: string): void {
    this.#reserve(value.length);
    if (value.length <= SHORT && this.#shortText(value)) return;
    // Nearly all text is ASCII; what is not takes three bytes a code unit at most.
    const { read, written } = encoder.encodeInto(value, this.#bytes.subarray(this.#length));
    this.#length += written;
    if (read === value.length) return;
    this.#reserve(3 * (value.length - read));
    const rest = encoder.encodeInto(value.slice(read), this.#bytes.subarray(this.#length));
    this.#length += rest.written;
  }

  /** Writes a text as its length in bytes and UTF-8. */
  lengthAndText(value: string): void {
    const at = this.#length;
    this.uint32(0);
    this.text(value);
    this.#view.setUint32(at, this.#length - at - 4, true);
  }

  /** Writes a text that is ASCII, or nothing. */
  #shortText(value: string): boolean {
    for (let i = 0; i < value.length; i++) {
      const code = value.charCodeAt(i);
      if (code > 0x7f) return false;
      this.#bytes[this.#length + i] = code;
    }
    this.#length += value.length;
    return true;
  }

  #reserve(length: number): void {
    const grown = withRoom(this.#bytes, this.#length + length);
    if (grown === this.#bytes) return;
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }
}
