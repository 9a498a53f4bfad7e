import { whenNarrow } from '../Panel';
import { StatusIcon } from '../StatusMark';
import type { Tone } from '../StatusMark';
import Skeleton from '@mui/material/Skeleton';
import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';

const Root = styled('header')(({ theme }) => ({
  display: 'flex',
  alignItems: 'flex-start',
  justifyContent: 'space-between',
  flexWrap: 'wrap',
  gap: theme.spacing(1.5, 3),
}));

const Words = styled('div')(({ theme }) => ({
  display: 'flex',
  alignItems: 'flex-start',
  gap: theme.spacing(1.5),
  flex: '1 1 260px',
  minWidth: 0,
}));

const Sentence = styled('h2')(({ theme }) => ({
  margin: 0,
  maxWidth: '40em',
  fontSize: '1.5rem',
  lineHeight: 1.3,
  fontWeight: 600,
  letterSpacing: '-0.01em',
  color: theme.palette.text.primary,
  fontVariantNumeric: 'tabular-nums',
  overflowWrap: 'anywhere',
  [whenNarrow]: { fontSize: '1.25rem' },
}));

const Evidence = styled('p')(({ theme }) => ({
  margin: theme.spacing(0.75, 0, 0),
  maxWidth: '75ch',
  fontSize: '0.9375rem',
  lineHeight: 1.5,
  color: theme.palette.text.primary,
  overflowWrap: 'anywhere',
  '& strong': { fontWeight: 600 },
}));

const Below = styled('div')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: theme.spacing(0.25, 2),
  marginTop: theme.spacing(0.75),
  fontSize: '0.8125rem',
  lineHeight: 1.5,
  color: theme.palette.text.secondary,
  fontVariantNumeric: 'tabular-nums',
}));

/** The main statement of a page in one sentence, with its age. */
export function SentenceHeader(props: {
  tone: Tone;
  stale: boolean;
  sentence: string;
  /** What the sentence is based on. */
  evidence?: ReactNode;
  /** What to do about it. */
  advice?: ReactNode;
  /** Its context: age, cluster, owner. */
  below?: ReactNode;
  /** At the end of the line, such as a choice of clusters. */
  children?: ReactNode;
}) {
  return (
    <Root>
      <Words>
        <StatusIcon tone={props.tone} stale={props.stale} sizePx={32} />
        <div>
          <div role="status">
            <Sentence data-tone={props.tone}>{props.sentence}</Sentence>
          </div>
          {props.evidence && <Evidence>{props.evidence}</Evidence>}
          {props.advice && (
            <Evidence>
              <strong>What to do:</strong> {props.advice}
            </Evidence>
          )}
          <Below>{props.below}</Below>
        </div>
      </Words>
      {props.children}
    </Root>
  );
}

/** Placeholder for the sentence until it is known. */
export function SentenceSkeleton(props: { label: string }) {
  return (
    <Root role="status" aria-busy aria-label={props.label}>
      <Words>
        <Skeleton variant="circular" width={32} height={32} />
        <div style={{ flex: 1 }}>
          <Skeleton
            variant="text"
            sx={{ fontSize: '1.5rem', maxWidth: 480, lineHeight: 1.3 }}
          />
          <Skeleton
            variant="text"
            sx={{ fontSize: '0.8125rem', maxWidth: 180 }}
          />
        </div>
      </Words>
    </Root>
  );
}
