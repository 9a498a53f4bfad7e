import { formatCount } from '@homelab/portal-common';
import type {
  DeadLetter,
  ShownBytes,
  ShownValue,
} from '@homelab/plugin-dead-letters-common';
import { whenOneColumn } from '@homelab/portal-react';
import { styled } from '@mui/material/styles';
import { printable } from './printable';

const Root = styled('div')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 2fr) minmax(0, 3fr)',
  gap: theme.spacing(2, 4),
  padding: theme.spacing(1, 0, 1.5),
  fontSize: '0.8125rem',
  lineHeight: 1.5,
  '& h4': { margin: theme.spacing(0, 0, 0.5), fontSize: '0.8125rem' },
  [whenOneColumn]: { gridTemplateColumns: 'minmax(0, 1fr)' },
}));

const List = styled('dl')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'minmax(90px, max-content) minmax(0, 1fr)',
  gap: theme.spacing(0.25, 2),
  margin: 0,
  '& dt': { color: theme.palette.text.secondary, overflowWrap: 'anywhere' },
  '& dd': {
    margin: 0,
    overflowWrap: 'anywhere',
    fontVariantNumeric: 'tabular-nums',
  },
}));

const Value = styled('pre')(({ theme }) => ({
  margin: 0,
  maxHeight: 360,
  padding: theme.spacing(1.5),
  overflow: 'auto',
  borderRadius: 6,
  background: theme.palette.background.default,
  fontFamily: 'ui-monospace, Menlo, Consolas, monospace',
  fontSize: '0.8125rem',
  lineHeight: 1.5,
  whiteSpace: 'pre-wrap',
  overflowWrap: 'anywhere',
}));

const Quiet = styled('p')(({ theme }) => ({
  margin: theme.spacing(0.5, 0, 0),
  color: theme.palette.text.secondary,
}));

/** All of a letter: its headers and its value side by side. */
export function LetterDetails({ letter }: { letter: DeadLetter }) {
  const { headers, key, value, partition, offset } = letter;
  return (
    <Root>
      <div>
        <h4>Headers</h4>
        <List>
          {headers.map(({ name, value: shown }, index) => (
            <Entry key={index} name={name} bytes={shown} />
          ))}
          {headers.length === 0 && <dd>none</dd>}
        </List>
        <Quiet>
          Key {key === null ? 'none' : <Bytes bytes={key} />}, partition{' '}
          {partition}, offset {formatCount(offset)}
          {letter.redriveCount > 0 &&
            `, sent again ${letter.redriveCount === 1 ? 'once' : `${letter.redriveCount} times`} before`}
        </Quiet>
      </div>
      <div>
        <h4>Value</h4>
        <ValueText value={value} />
      </div>
    </Root>
  );
}

function Entry(props: { name: string; bytes: ShownBytes }) {
  return (
    <>
      <dt>{printable(props.name)}</dt>
      <dd>
        <Bytes bytes={props.bytes} />
      </dd>
    </>
  );
}

/** Bytes of a key or header: as text, else in hexadecimal. */
export function Bytes({ bytes }: { bytes: ShownBytes }) {
  const { kind, text, hiddenBytes } = bytes;
  if (kind === 'masked') return <>masked</>;
  return (
    <>
      {kind === 'hex' ? `hex ${text}` : printable(text)}
      {hiddenBytes > 0 && ` … ${formatCount(hiddenBytes)} more bytes`}
    </>
  );
}

const kindWords: Record<ShownValue['kind'], string> = {
  json: 'JSON',
  text: 'text',
  binary: 'binary, in hexadecimal',
  none: 'no value',
  masked: 'locked or masked',
};

function ValueText({ value }: { value: ShownValue }) {
  const { kind, text, sizeBytes, hiddenBytes, isMasked } = value;
  return (
    <>
      {kind !== 'none' && kind !== 'masked' && (
        <Value tabIndex={0}>{printable(text)}</Value>
      )}
      <Quiet>
        {kindWords[kind]}, {formatCount(sizeBytes)} bytes
        {hiddenBytes > 0 && `, ${formatCount(hiddenBytes)} of them not shown`}
        {isMasked && kind !== 'masked' && ', partly masked'}
      </Quiet>
    </>
  );
}
