import { compressionsAlgorithms } from '@platformatic/kafka';
import kafkajs from '@homelab/kafkajs';

type Algorithm =
  (typeof compressionsAlgorithms)[keyof typeof compressionsAlgorithms];

let registered = false;

/**
 * Lets kafkajs read and write Snappy, LZ4 and ZSTD: on its own it knows only gzip, and
 * any other codec ends the consumer. Safe to call repeatedly.
 */
export function registerCodecs(): void {
  if (registered) return;
  registered = true;
  const { CompressionCodecs: codecs, CompressionTypes: types } = kafkajs;
  const { snappy, lz4, zstd } = compressionsAlgorithms;
  codecs[types.Snappy] = () => codecOf(snappy);
  codecs[types.LZ4] = () => codecOf(lz4);
  codecs[types.ZSTD] = () => codecOf(zstd);
}

function codecOf({ compressSync, decompressSync }: Algorithm) {
  return {
    compress: async ({ buffer }: { buffer: Buffer }) => compressSync(buffer),
    decompress: async (buffer: Buffer) => decompressSync(buffer),
  };
}
