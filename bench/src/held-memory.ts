import { once } from 'node:events';
import { WebSocket } from 'ws';
import { z } from 'zod';

const targetsSchema = z.tuple([z.object({ webSocketDebuggerUrl: z.url() })]);
const answerSchema = z.object({
  result: z.object({ result: z.object({ value: z.number() }).optional() }),
});
const usedBytes =
  '(({ heapUsed, external }) => heapUsed + external)(process.memoryUsage())';

/**
 * The bytes that a Node process holds once its garbage is collected. The memory that it has of the
 * system would say little: it grows and shrinks by far more than clients cost.
 */
export async function heldBytes(inspectPort: number): Promise<number> {
  const list = await fetch(`http://127.0.0.1:${inspectPort}/json/list`);
  const [{ webSocketDebuggerUrl }] = targetsSchema.parse(await list.json());
  const inspector = new WebSocket(webSocketDebuggerUrl);
  await once(inspector, 'open');
  const ask = async (method: string, params = {}) => {
    inspector.send(JSON.stringify({ id: 1, method, params }));
    const [text] = await once(inspector, 'message');
    return answerSchema.parse(JSON.parse(String(text))).result.result?.value;
  };
  try {
    await ask('HeapProfiler.collectGarbage');
    const bytes = await ask('Runtime.evaluate', { expression: usedBytes });
    if (bytes === undefined)
      throw new Error('The process did not tell its memory.');
    return bytes;
  } finally {
    inspector.close();
  }
}
