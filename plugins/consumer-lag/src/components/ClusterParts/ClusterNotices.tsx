import type { Cluster } from '@homelab/plugin-consumer-lag-common';
import { Age, Notice } from '@homelab/portal-react';
import { styled } from '@mui/material/styles';

const Missing = styled('details')(({ theme }) => ({
  marginTop: theme.spacing(0.5),
  '& summary': { cursor: 'pointer' },
  '& ul': { margin: theme.spacing(0.5, 0, 0), paddingLeft: theme.spacing(2.5) },
}));

/** More would fill the page; by then they are all of the same kind. */
const maxListed = 20;

/** What could not be read from each cluster; nothing while all is well. */
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
            Its data was read <Age at={polledAt} />.
          </>
        )}
      </Notice>
    );
  }
  if (partialProblems.length === 0) return null;
  const [first] = partialProblems;
  if (partialProblems.length === 1 && first) {
    return (
      <Notice title={`Some data of ${title} is missing.`}>
        {first.message} The rest is complete.
      </Notice>
    );
  }
  const listed = partialProblems.slice(0, maxListed);
  const cut = partialProblems.length - listed.length;
  return (
    <Notice
      title={`Some data of ${title} is missing, for ${partialProblems.length} reasons.`}
    >
      The rest is complete.
      <Missing>
        <summary>Reasons</summary>
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
