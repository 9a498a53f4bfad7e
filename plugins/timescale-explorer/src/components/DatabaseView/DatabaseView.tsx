import type {
  Database,
  Server,
} from '@homelab/plugin-timescale-explorer-common';
import {
  PageBody,
  Panel,
  StateMessage,
  usePageTitle,
  useQueryValue,
} from '@homelab/portal-react';
import type { Polled } from '@homelab/portal-react';
import CloudOffIcon from '@mui/icons-material/CloudOffOutlined';
import DatabaseIcon from '@mui/icons-material/StorageOutlined';
import type { ReactNode } from 'react';
import { useExplorer } from '../../api';
import type { TimescaleExplorerApi } from '../../api';
import { ExplorerStates } from './ExplorerStates';
import { DatabasePicker } from './DatabasePicker';

/** What a view of a database is given. */
export interface Shown<T> {
  answer: T;
  polled: Polled<T>;
  database: Database & { server: Server };
  /** Chooses another database; null while there is only one. */
  picker: ReactNode;
}

interface View<T> {
  /** What is shown, as in the middle of a sentence: `the jobs`. */
  what: string;
  /** The title of the browser's tab. */
  title: string;
  /** Identifies the question, after the database. */
  path: readonly string[];
  ask(
    api: TimescaleExplorerApi,
    database: string,
    signal: AbortSignal,
  ): Promise<T>;
  /** Shown when it does not exist. */
  unknown?: ReactNode;
  children(shown: Shown<T>): ReactNode;
}

/** A page about the chosen database, the first of the configuration by default. */
export function DatabaseView<T extends { now: string }>(view: View<T>) {
  const databases = useExplorer(['databases'], (api, signal) =>
    api.getDatabases({ signal }),
  );
  usePageTitle([view.title, 'TimescaleDB']);
  return (
    <PageBody clockOffsetMs={databases.clockOffsetMs}>
      <ExplorerStates polled={databases} what="the databases">
        {answer => <Chosen view={view} databases={answer.databases} />}
      </ExplorerStates>
    </PageBody>
  );
}

function Chosen<T extends { now: string }>(props: {
  view: View<T>;
  databases: readonly Database[];
}) {
  const { view, databases } = props;
  const [id] = useQueryValue('db');
  const chosen =
    id === null ? databases[0] : databases.find(one => one.id === id);
  if (databases.length === 0) return <NoDatabases />;
  const picker = (
    <DatabasePicker databases={databases} chosen={chosen?.id ?? null} />
  );
  if (chosen === undefined)
    return (
      <Panel>
        <StateMessage
          isAlert
          icon={DatabaseIcon}
          title={`There is no database ${id}`}
        >
          <p>Choose one of the configuration.</p>
          {picker}
        </StateMessage>
      </Panel>
    );
  const { server, problem } = chosen;
  if (server === null)
    return (
      <Panel>
        <StateMessage
          isAlert
          icon={CloudOffIcon}
          title={`${chosen.title} does not answer`}
        >
          <p>{problem} It is retried automatically.</p>
          {picker}
        </StateMessage>
      </Panel>
    );
  return (
    <Answered
      key={chosen.id}
      view={view}
      database={{ ...chosen, server }}
      picker={picker}
    />
  );
}

function Answered<T extends { now: string }>(props: {
  view: View<T>;
  database: Shown<T>['database'];
  picker: ReactNode;
}) {
  const { view, database, picker } = props;
  const polled = useExplorer([database.id, ...view.path], (api, signal) =>
    view.ask(api, database.id, signal),
  );
  return (
    <ExplorerStates polled={polled} what={view.what} unknown={view.unknown}>
      {answer => view.children({ answer, polled, database, picker })}
    </ExplorerStates>
  );
}

function NoDatabases() {
  return (
    <Panel>
      <StateMessage icon={DatabaseIcon} title="No database is configured">
        Name the databases to show in <code>timescaleExplorer.databases</code>{' '}
        of the portal’s configuration, each with a role that may only read.
      </StateMessage>
    </Panel>
  );
}
