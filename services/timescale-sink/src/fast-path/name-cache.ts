/** Creates each name once: rows of a device share the string, which makes comparing them cheap. */
export class NameCache {
  static readonly #maxNames = 10_000;
  readonly #names = new Map<number, { bytes: Buffer; name: string }>();

  read(bytes: Buffer, from: number, to: number): string {
    let hash = to - from;
    for (let at = from; at < to; at += 1)
      hash = (Math.imul(hash, 31) + (bytes[at] ?? 0)) | 0;
    const known = this.#names.get(hash);
    if (known !== undefined && isSame(known.bytes, bytes, from, to))
      return known.name;
    if (this.#names.size >= NameCache.#maxNames) this.#names.clear();
    const name = bytes.toString('latin1', from, to);
    this.#names.set(hash, { bytes: Buffer.from(name, 'latin1'), name });
    return name;
  }
}

function isSame(
  name: Buffer,
  bytes: Buffer,
  from: number,
  to: number,
): boolean {
  if (name.length !== to - from) return false;
  for (let index = 0; index < name.length; index += 1)
    if (bytes[from + index] !== name[index]) return false;
  return true;
}
