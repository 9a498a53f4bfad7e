import { Query } from 'pg';
import type { Connection, PoolClient } from 'pg';
import type { Tuple } from './tuple-memory.ts';

const copyDataType = 0x64;
const copyDone = Buffer.from([0x63, 0, 0, 0, 4]);
const messageHeadBytes = 5;
/** Signature, no flags, no extension. */
const copyHead = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const copyEnd = Buffer.from([0xff, 0xff]);

/**
 * Sends rows by a `COPY … FROM STDIN (FORMAT binary)`, which further statements may follow, and
 * resolves once all have ended; outside a transaction they are then committed together. Sends the
 * rows together with the statement, without waiting for CopyInResponse: PostgreSQL ignores them
 * when it refuses the statement.
 */
export function copyIn(
  client: Pick<PoolClient, 'query'>,
  statement: string,
  rows: readonly Tuple[],
): Promise<void> {
  return new Promise((resolve, reject) => {
    client.query(
      new CopyQuery(statement, copyDataOf(rows), error => {
        if (error) reject(error);
        else resolve();
      }),
    );
  });
}

/** All rows as one CopyData message of the protocol. */
export function copyDataOf(rows: readonly Tuple[]): Buffer {
  let length = copyHead.length + copyEnd.length;
  for (const { from, to } of rows) length += to - from;
  const message = Buffer.allocUnsafe(messageHeadBytes + length);
  message.writeUInt8(copyDataType);
  message.writeInt32BE(4 + length, 1);
  let at = messageHeadBytes;
  at += copyHead.copy(message, at);
  for (const { bytes, from, to } of rows)
    at += bytes.copy(message, at, from, to);
  copyEnd.copy(message, at);
  return message;
}

/** A query of pg that sends its rows right away. */
class CopyQuery extends Query {
  readonly #statement: string;
  readonly #data: Buffer;

  constructor(
    statement: string,
    data: Buffer,
    callback: (error: Error | undefined) => void,
  ) {
    super(statement, callback);
    this.#statement = statement;
    this.#data = data;
  }

  override submit = (connection: Connection): void => {
    const { stream } = connection;
    stream.cork();
    connection.query(this.#statement);
    stream.write(this.#data);
    stream.write(copyDone);
    stream.uncork();
  };

  /** pg's own would fail here, as it has no rows to send. */
  handleCopyInResponse(): void {}
}
