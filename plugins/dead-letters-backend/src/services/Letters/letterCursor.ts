import { InputError } from '@backstage/errors';
import type { LetterPlace } from '@homelab/dead-letters';

const radix = 36;
const separator = '_';

/** Encodes where a page of letters ended, compactly, for a URL. */
export function writeCursor(places: readonly LetterPlace[]): string {
  return places
    .map(
      ({ partition, offset }) =>
        `${partition.toString(radix)}.${BigInt(offset).toString(radix)}`,
    )
    .join(separator);
}

/** Decodes {@link writeCursor}. @throws InputError when it is malformed */
export function readCursor(cursor: string): LetterPlace[] {
  return cursor.split(separator).map(part => {
    const [, partition, offset] =
      /^([\da-z]{1,6})\.([\da-z]{1,13})$/.exec(part) ?? [];
    if (partition === undefined || offset === undefined)
      throw new InputError(
        'before is not a cursor of a page of letters; use the nextCursor of an answer.',
      );
    return {
      partition: parseInt(partition, radix),
      offset: String(parseBigInt(offset)),
    };
  });
}

function parseBigInt(digits: string): bigint {
  let value = 0n;
  for (const digit of digits)
    value = value * BigInt(radix) + BigInt(parseInt(digit, radix));
  return value;
}
