/** What moves a cursor, colours, reorders or hides text, and what breaks lines. */
const controls = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Makes text from anywhere safe to print: control characters become `\u001b`, also within JSON. */
export function escapeControls(
  text: string,
  options: { keepLines?: boolean } = {},
): string {
  return text.replaceAll(controls, character =>
    options.keepLines && character === '\n' ? character : escape(character),
  );
}

/** Characters beyond 16 bits as two halves, as JSON writes them. */
function escape(character: string): string {
  return Array.from({ length: character.length }, (_, index) => {
    const unit = character.charCodeAt(index).toString(16).padStart(4, '0');
    return `\\u${unit}`;
  }).join('');
}
