import { useEntity } from '@backstage/plugin-catalog-react';
import {
  pipelinesAnnotation,
  pipelinesReadPermission,
} from '@homelab/plugin-pipelines-common';
import type { PipelinesResponse } from '@homelab/plugin-pipelines-common';
import {
  Age,
  ListSkeleton,
  Notice,
  Panel,
  PanelTitle,
  PollStates,
  reasonOf,
  SiteClockProvider,
  Stack,
  ViewWidth,
} from '@homelab/portal-react';
import type { Polled } from '@homelab/portal-react';
import { usePipelines } from '../../api';
import { PipelineStrip } from '../PipelineStrip';

/** The pipelines that the annotation of an entity names. */
export function EntityPipelines() {
  const { entity } = useEntity();
  const annotation = entity.metadata.annotations?.[pipelinesAnnotation] ?? '';
  const names = annotation
    .split(',')
    .map(name => name.trim())
    .filter(name => name !== '');
  const polled = usePipelines(names);
  return (
    <SiteClockProvider clockOffsetMs={polled.clockOffsetMs}>
      <ViewWidth>
        <Stack>
          <PollStates
            polled={polled}
            what="the pipelines of this entity"
            permission={pipelinesReadPermission.name}
            skeleton={<ListSkeleton label="Loading the pipelines" />}
          >
            {answer => <Content answer={answer} polled={polled} />}
          </PollStates>
        </Stack>
      </ViewWidth>
    </SiteClockProvider>
  );
}

function Content(props: {
  answer: PipelinesResponse;
  polled: Polled<PipelinesResponse>;
}) {
  const { answer, polled } = props;
  const { stale, error } = polled;
  return (
    <>
      {stale && (
        <Notice title="This state is outdated.">
          {error && `${reasonOf(error)} `}
          <Age at={answer.now} isOld />
        </Notice>
      )}
      {answer.missing.length > 0 && (
        <Notice title={`There is no pipeline ${answer.missing.join(', ')}.`}>
          Compare the annotation <code>{pipelinesAnnotation}</code> of this
          entity with <code>pipelines.list</code> in the configuration of the
          portal.
        </Notice>
      )}
      {answer.pipelines.map(pipeline => (
        <Panel key={pipeline.name} aria-label={pipeline.title}>
          <PanelTitle>{pipeline.title}</PanelTitle>
          <PipelineStrip pipeline={pipeline} stale={stale} />
        </Panel>
      ))}
    </>
  );
}
