/** Characters that move the cursor, colour, reorder or hide text, or break lines. */
const controls = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Makes untrusted text safe to print: control characters become `\u001b`, also within JSON. */
export function escapeControls(
  text: string,
  options: { keepLines?: boolean } = {},
): string {
  return text.replaceAll(controls, character =>
    options.keepLines && character === '\n' ? character : escape(character),
  );
}

/** Characters beyond 16 bits as surrogate pairs, as JSON writes them. */
function escape(character: string): string {
  return Array.from({ length: character.length }, (_, index) => {
    const unit = character.charCodeAt(index).toString(16).padStart(4, '0');
    return `\\u${unit}`;
  }).join('');
}
