import { delimiter, join } from 'node:path';
import { portalConfigFile } from './portal-config.ts';
import type { ProcessSpec } from './runner/process-spec.ts';
import type { StackOptions } from './stack-options.ts';
import { servers } from './servers/index.ts';
import type { Server } from './servers/server.ts';
import { task } from './stack-services.ts';

/** The URL of the portal. */
export function portalUrl(options: Pick<StackOptions, 'ports'>): string {
  return `http://localhost:${options.ports.portal}`;
}

/** The portal as one process that also serves the built frontend; it is built while the servers start. */
export function portalProcesses(options: StackOptions): ProcessSpec[] {
  const build: ProcessSpec = {
    ...task(options.folders.root, 'portal-build', 'tools/src/build-app.ts', [
      'portal',
    ]),
    env: portalEnv(options),
    readyTimeoutMs: 600_000,
    restart: 'never',
  };
  const portal = backend(options);
  return [
    build,
    {
      ...portal,
      args: [
        '--require',
        '@backstage/cli/config/nodeTransform.cjs',
        'src/index.ts',
        '--config',
        portalConfigFile(options.folders.root),
      ],
      env: { ...portal.env, NODE_ENV: 'production' },
      dependsOn: { ...portal.dependsOn, 'portal-build': 'completed' },
    },
  ];
}

/** The portal for development: backend and frontend separately, each reloading when its sources change. */
export function portalDevProcesses(options: StackOptions): ProcessSpec[] {
  const { root } = options.folders;
  const cli = join(root, 'node_modules/@backstage/cli/bin/backstage-cli');
  const frontendUrl = `http://localhost:${options.ports.portalDev}`;
  const env = {
    ...portalEnv(options),
    NODE_ENV: 'development',
    APP_CONFIG_app_baseUrl: frontendUrl,
    APP_CONFIG_backend_cors_origin: frontendUrl,
  };
  const start = [cli, 'package', 'start', '--config'];
  const config = portalConfigFile(root);
  const portal = { ...backend(options), args: [...start, config], env };
  return [
    portal,
    {
      ...portal,
      name: 'portal-frontend',
      cwd: join(root, 'packages/app'),
      dependsOn: {},
      ready: { kind: 'tcp', port: options.ports.portalDev },
      ports: [{ label: 'portal frontend', port: options.ports.portalDev }],
    },
  ];
}

/** The backend of another Backstage app, with the addresses that our own portal gets and in the place of it. */
export function hostProcesses(
  options: StackOptions,
  folder: string,
): ProcessSpec[] {
  const portal = backend(options);
  const env = {
    ...portal.env,
    NODE_ENV: 'development',
    BACKSTAGE_URL: portalUrl(options),
    BACKSTAGE_PORT: String(options.ports.portal),
  };
  const host: ProcessSpec = {
    ...portal,
    name: 'host',
    essential: true,
    args: [
      '--require',
      '@backstage/cli/config/nodeTransform.cjs',
      'src/index.ts',
      '--config',
      join(folder, 'app-config.yaml'),
    ],
    cwd: join(folder, 'packages/backend'),
    env,
    dependsOn: { ...portal.dependsOn, 'host-build': 'completed' },
  };
  const build: ProcessSpec = {
    ...host,
    name: 'host-build',
    args: [
      join(folder, 'node_modules/@backstage/cli/bin/backstage-cli'),
      'package',
      'build',
    ],
    cwd: join(folder, 'packages/app'),
    dependsOn: {},
    ready: { kind: 'exit' },
    readyTimeoutMs: 600_000,
    restart: 'never',
    ports: [],
  };
  return [build, host];
}

function backend(options: StackOptions): ProcessSpec {
  const { folders, ports } = options;
  return {
    name: 'portal',
    // Readings are stored without it too.
    essential: false,
    command: process.execPath,
    args: [],
    cwd: join(folders.root, 'packages/backend'),
    env: portalEnv(options),
    // Not on Kafka: while it starts, the pages show what is missing.
    dependsOn: { postgres: 'healthy', 'timescale-migrations': 'completed' },
    ready: {
      kind: 'http',
      url: `http://127.0.0.1:${ports.portal}/.backstage/health/v1/readiness`,
    },
    readyTimeoutMs: 120_000,
    restart: { limit: 3, minBackoffMs: 1_000, maxBackoffMs: 15_000 },
    stopSignal: 'SIGTERM',
    stopTimeoutMs: 15_000,
    ports: [{ label: 'portal', port: ports.portal }],
  };
}

function portalEnv(options: StackOptions): Record<string, string> {
  const { ports, secrets, tools } = options;
  const list: readonly Server[] = servers;
  const reached = list.map(server => server.portalEnv?.(options));
  return {
    ...Object.assign({}, ...reached),
    HOMELAB_PORTAL_PORT: String(ports.portal),
    HOMELAB_PORTAL_URL: portalUrl(options),
    BRIDGE_OPS_URL: `http://127.0.0.1:${ports.bridgeOps}`,
    SINK_OPS_URL: `http://127.0.0.1:${ports.sinkOps}`,
    HOMELAB_API_URL: `http://127.0.0.1:${ports.api}`,
    HOMELAB_API_TOKEN: secrets.api.portal,
    WEB_OPS_URL: `http://127.0.0.1:${ports.webOps}`,
    LIVE_URL: `ws://127.0.0.1:${ports.live}/api/v1/live`,
    LIVE_OPS_URL: `http://127.0.0.1:${ports.liveOps}`,
    API_OPS_URL: `http://127.0.0.1:${ports.apiOps}`,
    HEAT_PUMP_CONTROL: String(options.heatPumpControl ?? false),
    CONTROL_OPS_URL: `http://127.0.0.1:${ports.controlOps}`,
    SIMULATOR_ENABLED: String(options.simulator !== undefined),
    SIMULATOR_OPS_URL: `http://127.0.0.1:${ports.simulatorOps}`,
    ...switchedOn(['CONSUMER_LAG_ACTIONS', 'DEAD_LETTERS_ACTIONS']),
    // TechDocs calls mkdocs by name.
    PATH: [tools.techdocsBinDir, process.env.PATH ?? ''].join(delimiter),
  };
}

/** The variables that enable actions of the portal, if set. */
function switchedOn(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap(name => {
      const value = process.env[name];
      return value ? [[name, value]] : [];
    }),
  );
}
