/** A number that JavaScript would write otherwise than it stands in JSON. */
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
 * Parses JSON whose numbers `JSON.stringify` writes again as they were: ids of 64 bits are
 * beyond what a number can hold, and a person must not be shown another id.
 * @throws SyntaxError when it is no JSON
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

/** Tells whether a part of what {@link parseExactJson} gave is a number kept as it was. */
export function isExactNumber(value: unknown): value is ExactNumber {
  return JSON.isRawJSON(value);
}
