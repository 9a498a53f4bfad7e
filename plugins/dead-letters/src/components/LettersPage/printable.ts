// Invisible characters that change how text looks: control characters except tab and line
// feed, zero-width characters, and those that change the writing direction.
const unseen =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Escapes invisible characters, such as `\u001b`. */
export function printable(text: string): string {
  return text.replace(
    unseen,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
