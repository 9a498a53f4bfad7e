/** A number that JavaScript would not write back as it stands in the JSON. */
export interface ExactNumber {
  readonly rawJSON: string;
}

declare global {
  interface JSON {
    parse(
      text: string,
      reviver: (
        key: string,
        value: unknown,
        context: { readonly source?: string },
      ) => unknown,
    ): unknown;
    rawJSON(text: string): ExactNumber;
    isRawJSON(value: unknown): value is ExactNumber;
  }
}

/**
 * Parses JSON so that `JSON.stringify` writes its numbers back unchanged: 64-bit ids
 * exceed a JavaScript number, and a reader must not be shown a different id.
 * @throws SyntaxError when it is not JSON
 */
export function parseExactJson(text: string): unknown {
  return JSON.parse(text, (_key, value, { source }) =>
    typeof value === 'number' &&
    source !== undefined &&
    String(value) !== source
      ? JSON.rawJSON(source)
      : value,
  );
}

/** Whether a part of a {@link parseExactJson} result is a number kept verbatim. */
export function isExactNumber(value: unknown): value is ExactNumber {
  return JSON.isRawJSON(value);
}
