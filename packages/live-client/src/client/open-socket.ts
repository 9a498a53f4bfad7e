import { liveSubprotocol } from '../protocol/limits.ts';
import type { LiveClientOptions, LiveSocket } from './types.ts';

/** Opens a socket to the server with fresh credentials. Rejects when there are none. */
export async function openSocket(
  options: Pick<LiveClientOptions, 'url' | 'credentials' | 'createSocket'>,
): Promise<LiveSocket> {
  const { credentials, createSocket = globalSocket } = options;
  const given = await credentials?.();
  const headers: Record<string, string> = {};
  let { url } = options;
  if (given !== undefined && 'bearer' in given)
    headers.authorization = `Bearer ${given.bearer}`;
  if (given !== undefined && 'ticket' in given)
    url += `${url.includes('?') ? '&' : '?'}ticket=${encodeURIComponent(given.ticket)}`;
  return createSocket(url, { protocol: liveSubprotocol, headers });
}

/** A WebSocket of the browser, which takes no headers, or of Node, which does. */
type SocketClass = new (
  url: string,
  options: string | { protocols: string; headers: Record<string, string> },
) => LiveSocket;

function globalSocket(
  url: string,
  options: { protocol: string; headers: Readonly<Record<string, string>> },
): LiveSocket {
  const { protocol, headers } = options;
  // The DOM type knows no headers, which only Node has.
  const Socket = globalThis.WebSocket as unknown as SocketClass;
  return Object.keys(headers).length === 0
    ? new Socket(url, protocol)
    : new Socket(url, { protocols: protocol, headers: { ...headers } });
}
