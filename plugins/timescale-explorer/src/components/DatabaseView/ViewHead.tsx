import { editionWords } from '@homelab/plugin-timescale-explorer-common';
import { Age, SentenceHeader } from '@homelab/portal-react';
import type { Tone } from '@homelab/portal-react';
import type { ReactNode } from 'react';
import type { Shown } from './DatabaseView';

/** The head of a view: its sentence, the age of the data, and which database it is of. */
export function ViewHead<T extends { now: string }>(props: {
  shown: Shown<T>;
  tone: Tone;
  sentence: string;
  below?: ReactNode;
}) {
  const { answer, polled, database, picker } = props.shown;
  const { server } = database;
  return (
    <SentenceHeader
      tone={props.tone}
      stale={polled.stale}
      sentence={props.sentence}
      below={
        <>
          <Age at={answer.now} prefix="as of " isOld={polled.stale} />
          <span>{database.title}</span>
          <span>
            {server.timescaleVersion === null
              ? `PostgreSQL ${server.postgresVersion}, ${editionWords.none}`
              : `TimescaleDB ${server.timescaleVersion}, ${editionWords[server.edition]}, on PostgreSQL ${server.postgresVersion}`}
          </span>
          {props.below}
        </>
      }
    >
      {picker}
    </SentenceHeader>
  );
}
