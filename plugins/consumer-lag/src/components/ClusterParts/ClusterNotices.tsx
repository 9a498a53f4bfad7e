import type { Cluster } from '@homelab/plugin-consumer-lag-common';
import { Age, Notice } from '@homelab/portal-react';
import { styled } from '@mui/material/styles';

const Missing = styled('details')(({ theme }) => ({
  marginTop: theme.spacing(0.5),
  '& summary': { cursor: 'pointer' },
  '& ul': { margin: theme.spacing(0.5, 0, 0), paddingLeft: theme.spacing(2.5) },
}));

/** More would push the page away; they are all of the same kind by then. */
const maxListed = 20;

/** What could not be read of each cluster. Shows nothing while all is well. */
export function ClusterNotices(props: { clusters: readonly Cluster[] }) {
  return (
    <>
      {props.clusters.map(cluster => (
        <ClusterNotice key={cluster.name} cluster={cluster} />
      ))}
    </>
  );
}

function ClusterNotice({ cluster }: { cluster: Cluster }) {
  const { title, problem, polledAt, partialProblems } = cluster;
  if (problem !== null) {
    return (
      <Notice title={`${title} does not answer.`}>
        {problem.message}{' '}
        {polledAt === null ? (
          'It has never answered; check its brokers in the configuration.'
        ) : (
          <>
            What is shown of it was read <Age at={polledAt} />.
          </>
        )}
      </Notice>
    );
  }
  if (partialProblems.length === 0) return null;
  const [first] = partialProblems;
  if (partialProblems.length === 1 && first) {
    return (
      <Notice title={`Something is missing of ${title}.`}>
        {first.message} The rest is complete.
      </Notice>
    );
  }
  const listed = partialProblems.slice(0, maxListed);
  const cut = partialProblems.length - listed.length;
  return (
    <Notice title={`${partialProblems.length} things are missing of ${title}.`}>
      The rest is complete.
      <Missing>
        <summary>What is missing</summary>
        <ul>
          {listed.map(({ code, message }, index) => (
            <li key={index}>
              {message} ({code})
            </li>
          ))}
          {cut > 0 && <li>and {cut} more</li>}
        </ul>
      </Missing>
    </Notice>
  );
}
