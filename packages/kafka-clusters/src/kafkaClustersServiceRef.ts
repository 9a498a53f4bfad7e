import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { readClusters } from './config';
import type { ClusterConfig } from './config';
import { createKafkaCluster } from './createKafkaCluster';
import type { KafkaCluster } from './types';

/** The Kafka clusters of the portal. */
export interface KafkaClusters {
  /** In the order of the configuration. */
  readonly all: readonly ClusterConfig[];
  /** The connection that all plugins share. @throws NotFoundError for a name that is not configured */
  connectionTo(name: string): KafkaCluster;
}

/**
 * Gives every plugin of the backend the same connections. They open when first used and close
 * after the plugins have stopped.
 */
export const kafkaClustersServiceRef = createServiceRef<KafkaClusters>({
  id: 'kafka-clusters',
  scope: 'root',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {
        rootConfig: coreServices.rootConfig,
        rootLifecycle: coreServices.rootLifecycle,
        rootLogger: coreServices.rootLogger,
      },
      factory({ rootConfig, rootLifecycle, rootLogger }) {
        const all = readClusters(rootConfig);
        const connections = new Map(
          all.map(({ name, connection }) => [
            name,
            createKafkaCluster(connection, {
              logger: rootLogger.child({ part: 'kafka', cluster: name }),
            }),
          ]),
        );
        rootLifecycle.addShutdownHook(async () => {
          await Promise.all([...connections.values()].map(one => one.close()));
        });
        return {
          all,
          connectionTo(name) {
            const found = connections.get(name);
            if (found) return found;
            throw new NotFoundError(
              `No Kafka cluster is named ${name} in the configuration.`,
            );
          },
        };
      },
    }),
});
