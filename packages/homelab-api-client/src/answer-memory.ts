/** An answer and what the server knows it by. */
export interface KnownAnswer {
  readonly etag: string;
  readonly text: string;
}

/** The last answers, by their address. */
export interface AnswerMemory {
  get(address: string): KnownAnswer | undefined;
  /** Without an ETag an answer is not kept, nor when it is too long. */
  set(
    address: string,
    answer: { readonly etag: string | null; readonly text: string },
  ): void;
}

const maxAnswers = 50;
const maxTextLength = 500_000;

/** Creates a memory of the answers that were asked for last; it is bounded. */
export function createAnswerMemory(): AnswerMemory {
  const answers = new Map<string, KnownAnswer>();
  return {
    get: address => answers.get(address),
    set(address, { etag, text }) {
      answers.delete(address);
      if (etag === null || text.length > maxTextLength) return;
      answers.set(address, { etag, text });
      const [oldest] = answers.keys();
      if (answers.size > maxAnswers && oldest !== undefined)
        answers.delete(oldest);
    },
  };
}
