import type { Sources } from '@homelab/plugin-heat-pump-common/messages';
import { formatAge, Notice, useNow } from '@homelab/portal-react/ui';
import CloudOffIcon from '@mui/icons-material/CloudOffOutlined';
import LinkOffIcon from '@mui/icons-material/LinkOffOutlined';
import type { Connection } from '../../hooks/useLiveHouse';

function LostNotice(props: { sinceMs: number }) {
  const nowMs = useNow(1000);
  return (
    <Notice icon={<LinkOffIcon aria-hidden />} title="Connection lost.">
      This page has not reached the portal for{' '}
      {formatAge(nowMs - props.sinceMs)}. The values below are the last ones
      received; the page keeps retrying.
    </Notice>
  );
}

/** A detail may end with a full stop, or not. */
const sentenceOf = (detail: string) => `${detail.replace(/\.$/, '')}.`;

/**
 * Names the broken link: browser to portal, portal to the live readings, or portal to database. Renders
 * nothing while all of them work.
 */
export function ConnectionNotice(props: {
  connection: Connection;
  sources: Sources;
}) {
  const { connection, sources } = props;
  if (connection.state === 'lost') {
    return <LostNotice sinceMs={connection.sinceMs} />;
  }
  return (
    <>
      {!sources.live.ok && (
        <Notice icon={<CloudOffIcon aria-hidden />} title="No live readings.">
          {sentenceOf(sources.live.detail)} Stored readings are shown instead,
          up to 15 seconds late. System health says whether the live server or
          Kafka has stopped.
        </Notice>
      )}
      {!sources.history.ok && (
        <Notice icon={<CloudOffIcon aria-hidden />} title="No stored readings.">
          {sentenceOf(sources.history.detail)} System health says whether the
          Homelab API or the database has stopped.
        </Notice>
      )}
    </>
  );
}
