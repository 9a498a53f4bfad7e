import { createHash, randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import type { Logger } from '@homelab/service-kit';
import { z } from 'zod';

/** More devices than a household has; the one that was not used for longest goes first. */
export const maxSessions = 200;
/** How often the use of a session is noted, so that not every request writes a file. */
const noteAfterMs = 3_600_000;

const sessionSchema = z.object({
  /** SHA-256 of the id, base64url: the file signs nobody in. */
  key: z.string().length(43),
  /** Who: `household`, or the person of the issuer. */
  name: z.string().max(200),
  /** Of the password that opened it; another password ends it. Empty for an issuer. */
  credential: z.string().max(64),
  usedAtMs: z.number().int().nonnegative(),
});
const fileSchema = z.object({ sessions: z.array(sessionSchema).max(10_000) });

/** A device that is signed in. */
export type Session = Readonly<z.infer<typeof sessionSchema>>;

/** Who is signed in. A session is known by a random id that only the cookie holds. */
export interface Sessions {
  /** Reads the sessions of before; a file that cannot be read signs everybody out. */
  start(): Promise<void>;
  /** Opens a session; the id is for the cookie. */
  open(who: { name: string; credential: string }): string;
  /** The session of an id while it lasts; that it was used is noted. */
  find(id: string): Session | undefined;
  /** Ends the session of an id. */
  close(id: string): void;
  /** Ends every session that another credential opened. */
  keepOnly(credential: string): void;
  /** Calls back once when the session of a key ends by {@link close} or {@link keepOnly}. */
  onEnd(key: string, end: () => void): () => void;
  readonly size: number;
  /** Resolves when everything is on disk. */
  stop(): Promise<void>;
}

/** Creates the sessions; they last `lifetimeMs` after their last use. */
export function createSessions(deps: {
  file: string | undefined;
  lifetimeMs: number;
  logger: Logger;
  now?: () => number;
}): Sessions {
  const { file, lifetimeMs, logger, now = Date.now } = deps;
  /** The one used last comes last. */
  const byKey = new Map<string, Session>();
  const enders = new Map<string, Set<() => void>>();
  const save = createSaver(file, logger);

  const changed = () => save({ sessions: [...byKey.values()] });
  const isOver = ({ usedAtMs }: Session) => usedAtMs + lifetimeMs <= now();

  function put(session: Session): void {
    byKey.delete(session.key);
    byKey.set(session.key, session);
  }

  function end(key: string): void {
    byKey.delete(key);
    for (const callBack of enders.get(key) ?? []) callBack();
    enders.delete(key);
  }

  return {
    async start() {
      for (const session of await readSessions(file, logger))
        if (!isOver(session)) put(session);
    },
    open(who) {
      const id = randomBytes(32).toString('base64url');
      put({ key: keyOf(id), ...who, usedAtMs: now() });
      for (const [key, session] of byKey)
        if (byKey.size > maxSessions || isOver(session)) end(key);
      changed();
      return id;
    },
    find(id) {
      const session = byKey.get(keyOf(id));
      if (session === undefined) return undefined;
      if (isOver(session)) {
        end(session.key);
        changed();
        return undefined;
      }
      if (now() - session.usedAtMs < noteAfterMs) return session;
      const used = { ...session, usedAtMs: now() };
      put(used);
      changed();
      return used;
    },
    close(id) {
      end(keyOf(id));
      changed();
    },
    keepOnly(credential) {
      const others = [...byKey.values()].filter(
        session => session.credential !== credential,
      );
      if (others.length === 0) return;
      for (const { key } of others) end(key);
      changed();
    },
    onEnd(key, callBack) {
      const waiting = enders.get(key) ?? new Set();
      enders.set(key, waiting.add(callBack));
      return () => {
        waiting.delete(callBack);
        if (waiting.size === 0 && enders.get(key) === waiting)
          enders.delete(key);
      };
    },
    get size() {
      return byKey.size;
    },
    stop: () => save.done(),
  };
}

function keyOf(id: string): string {
  return createHash('sha256').update(id).digest('base64url');
}

async function readSessions(
  file: string | undefined,
  logger: Logger,
): Promise<Session[]> {
  if (file === undefined) return [];
  try {
    return fileSchema.parse(JSON.parse(await readFile(file, 'utf8'))).sessions;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      return [];
    logger.warn(
      { event: 'sessions-unreadable', file, err: error },
      'the sessions cannot be read: everybody has to sign in again',
    );
    return [];
  }
}

/** Writes one state after the other, and of those that wait only the newest. */
function createSaver(file: string | undefined, logger: Logger) {
  let next: object | undefined;
  let writing: Promise<void> | undefined;

  async function write(path: string): Promise<void> {
    while (next !== undefined) {
      const state = next;
      next = undefined;
      try {
        await writeFile(`${path}.new`, JSON.stringify(state), { mode: 0o600 });
        await rename(`${path}.new`, path);
      } catch (error) {
        logger.error(
          { event: 'sessions-not-saved', file: path, err: error },
          'the sessions cannot be saved: a restart signs out those of now',
        );
      }
    }
    writing = undefined;
  }

  const save = (state: object) => {
    if (file === undefined) return;
    next = state;
    writing ??= write(file);
  };
  return Object.assign(save, { done: async () => writing });
}
