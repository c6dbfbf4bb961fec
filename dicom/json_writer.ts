const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** The hex digits as bytes. */
const digits = encoder.encode("0123456789ABCDEF");
const quote = 0x22;
const backslash = 0x5c;

/** Writes JSON as UTF-8 into bytes that grow: strings put together would take many times the memory. */
export class JsonWriter {
  #bytes: Uint8Array<ArrayBuffer>;
  #length = 0;

  /** Makes a writer with room for so many bytes. */
  constructor(room: number) {
    this.#bytes = new Uint8Array(room);
  }

  /** How many bytes are written. */
  get length(): number {
    return this.#length;
  }

  /** Takes away what is written behind so many bytes. */
  cut(length: number): void {
    this.#length = length;
  }

  /** All that is written, as text. */
  toString(): string {
    return decoder.decode(this.#bytes.subarray(0, this.#length));
  }

  /** Writes ASCII as it is. */
  ascii(text: string): void {
    this.#reserve(text.length);
    const bytes = this.#bytes;
    let at = this.#length;
    for (let i = 0; i < text.length; i++) bytes[at++] = text.charCodeAt(i);
    this.#length = at;
  }

  /** Writes a tag in quotes, as eight upper-case hex digits. */
  tag(tag: number): void {
    this.#reserve(10);
    const bytes = this.#bytes;
    let at = this.#length;
    bytes[at++] = quote;
    for (let shift = 28; shift >= 0; shift -= 4) bytes[at++] = digits[tag >>> shift & 15]!;
    bytes[at++] = quote;
    this.#length = at;
  }

  /** Writes a string in quotes. */
  string(text: string): void {
    const at = this.#length;
    this.#reserve(text.length + 2);
    const bytes = this.#bytes;
    bytes[at] = quote;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code < 0x20 || code > 0x7e || code === quote || code === backslash) {
        return this.#encode(JSON.stringify(text));
      }
      bytes[at + 1 + i] = code;
    }
    bytes[at + 1 + text.length] = quote;
    this.#length = at + text.length + 2;
  }

  #encode(text: string): void {
    this.#reserve(3 * text.length);
    this.#length += encoder.encodeInto(text, this.#bytes.subarray(this.#length)).written;
  }

  #reserve(length: number): void {
    const needed = this.#length + length;
    if (needed <= this.#bytes.length) return;
    const size = Math.max(needed, Math.ceil(1.5 * this.#bytes.length));
    this.#bytes = new Uint8Array(this.#bytes.buffer.transfer(size));
  }
}
