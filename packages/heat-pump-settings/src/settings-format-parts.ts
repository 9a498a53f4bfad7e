import type { WordSetting } from '@homelab/telemetry';

/** A setting with only those of its words that a format can write. */
export function withWords(
  setting: WordSetting,
  words: readonly string[],
): WordSetting {
  const entries = words.map(word => {
    const text = setting.words[word];
    if (text === undefined) throw new Error(`No setting has the word ${word}.`);
    return [word, text] as const;
  });
  return { ...setting, words: Object.fromEntries(entries) };
}
