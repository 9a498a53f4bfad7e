// Characters that change the look or order of text without being seen: control characters
// but tab and line feed, and those that turn the direction of writing.
const unseen =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Text of which everything can be seen: `\u001b` for a character that cannot. */
export function printable(text: string): string {
  return text.replace(
    unseen,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
