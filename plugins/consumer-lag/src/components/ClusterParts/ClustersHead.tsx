import type {
  Cluster,
  OverallSentence,
} from '@homelab/plugin-consumer-lag-common';
import { ClusterPicker, SentenceHeader } from '@homelab/portal-react';
import type { Polled } from '@homelab/portal-react';
import { DataAge } from '../DataAge';
import { ClusterNotices } from './ClusterNotices';

/** The head of a list: a sentence, the age of the data, the number of items, and the cluster. */
export function ClustersHead(props: {
  sentence: OverallSentence;
  stale: boolean;
  polled: Polled<unknown>;
  /** The number of items, in words. */
  count: string;
  all: readonly Cluster[];
  /** The clusters in the list. */
  shown: readonly Cluster[];
  /** The name of the chosen cluster; null for all. */
  chosen: string | null;
  onChoose(name: string | null): void;
}) {
  const { sentence, stale, polled, count, all, shown, chosen } = props;
  return (
    <>
      <SentenceHeader
        tone={sentence.severity}
        stale={stale}
        sentence={sentence.text}
        below={
          <>
            <DataAge clusters={shown} polled={polled} />
            <span>{count}</span>
          </>
        }
      >
        <ClusterPicker
          clusters={all}
          chosen={chosen}
          onChoose={props.onChoose}
        />
      </SentenceHeader>
      <ClusterNotices clusters={shown} />
    </>
  );
}
