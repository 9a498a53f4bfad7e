import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';

const loopback = ['localhost', '127.0.0.1', '[::1]'];

/**
 * The routes of kubelets and Prometheus, which may use any address. The health routes reveal no
 * secrets; the metrics of a plugin require a token, which no malicious page can get.
 */
const openPaths = [/^\/\.backstage\/health\//, /^\/api\/[^/]+\/metrics$/];

function hostnameOf(host: string | undefined): string | undefined {
  if (host === undefined || !/^[^/?#@\\\s]+$/.test(host)) return undefined;
  const url = `http://${host}`;
  return URL.canParse(url) ? new URL(url).hostname : undefined;
}

function isOpen(url: string | undefined): boolean {
  const [path = ''] = (url ?? '').split('?', 1);
  return openPaths.some(open => open.test(path));
}

/** Reads `backend.allowedHosts`: a list, or names separated by commas. */
function allowedHosts(config: RootConfigService): string[] {
  const value = config.getOptional('backend.allowedHosts') ?? [];
  const names = typeof value === 'string' ? value.split(',') : value;
  if (!Array.isArray(names)) throw notHosts();
  return names
    .map(name => String(name).trim())
    .filter(name => name !== '')
    .map(name => {
      const hostname = hostnameOf(name);
      if (hostname === undefined) throw notHosts();
      return hostname;
    });
}

function notHosts(): InputError {
  return new InputError(
    'backend.allowedHosts must be host names or addresses, such as portal.example.org: a list, or separated by commas.',
  );
}

/**
 * Rejects, with status 421, requests for other hosts than the portal's own: those in
 * `backend.baseUrl`, `app.baseUrl` and `backend.allowedHosts`, and loopback.
 *
 * Everyone who can reach the portal is the guest. A malicious page could make its own name resolve to
 * this machine and read the portal through the visitor's browser (DNS rebinding); the `Host` header,
 * which it cannot change, reveals it.
 *
 * @throws InputError when `backend.allowedHosts` contains anything but host names
 */
export function requireKnownHost(config: RootConfigService) {
  const baseUrls = ['backend.baseUrl', 'app.baseUrl'].flatMap(
    key => config.getOptionalString(key) ?? [],
  );
  const known = new Set([
    ...baseUrls.map(url => new URL(url).hostname),
    ...allowedHosts(config),
    ...loopback,
  ]);
  return (
    request: IncomingMessage,
    response: ServerResponse,
    next: () => void,
  ): void => {
    const hostname = hostnameOf(request.headers.host);
    if (
      (hostname !== undefined && known.has(hostname)) ||
      isOpen(request.url)
    ) {
      next();
      return;
    }
    response.writeHead(421, { 'content-type': 'text/plain; charset=utf-8' });
    response.end(
      `This portal does not answer under this name. Open ${baseUrls[0]}, or add the name to backend.allowedHosts in its configuration.\n`,
    );
  };
}
