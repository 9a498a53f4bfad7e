import type {
  ResetPreviewRequest,
  ResetTarget,
} from '@homelab/plugin-consumer-lag-common';
import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { styled } from '@mui/material/styles';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { TopicChoice } from '../TopicChoice';

const Form = styled('form')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'flex-start',
  gap: theme.spacing(2, 1.5),
}));

const kinds: readonly { value: ResetTarget['kind']; words: string }[] = [
  { value: 'earliest', words: 'To the oldest record' },
  { value: 'latest', words: 'After the newest record' },
  { value: 'timestamp', words: 'To a time' },
  { value: 'offset', words: 'To an offset' },
  { value: 'shift', words: 'Forward or back by a number' },
];

/** Parses the target; a sentence when the input is invalid. */
export function parseTarget(
  kind: ResetTarget['kind'],
  text: string,
): ResetTarget | string {
  switch (kind) {
    case 'earliest':
    case 'latest':
      return { kind };
    case 'timestamp': {
      const time = new Date(text);
      return Number.isNaN(time.getTime())
        ? 'Enter a date and a time.'
        : { kind, at: time.toISOString() };
    }
    case 'offset':
      return /^\d{1,19}$/.test(text)
        ? { kind, offset: text }
        : 'Enter an offset, such as 1200.';
    case 'shift': {
      const by = Number(text.replace('−', '-'));
      return Number.isSafeInteger(by) && by !== 0 && text !== ''
        ? { kind, by }
        : 'Enter a number of records: 100 goes forward, -100 goes back.';
    }
  }
}

const valueLabels: Partial<Record<ResetTarget['kind'], string>> = {
  timestamp: 'Time',
  offset: 'Offset',
  shift: 'Records (negative: back)',
};

/** Where to move the offsets, and of which topics. */
export function ResetForm(props: {
  topics: readonly string[];
  isBusy: boolean;
  /** The input changed, so a preview is no longer valid. */
  onChange(): void;
  onPreview(request: ResetPreviewRequest): void;
}) {
  const { topics, isBusy, onChange, onPreview } = props;
  const [kind, setKind] = useState<ResetTarget['kind']>('earliest');
  const [text, setText] = useState('');
  const [topic, setTopic] = useState<string>();
  const [problem, setProblem] = useState('');
  const label = valueLabels[kind];

  function change(set: () => void) {
    set();
    setProblem('');
    onChange();
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    const target = parseTarget(kind, text);
    if (typeof target === 'string') {
      setProblem(target);
      return;
    }
    onPreview({
      target,
      ...(topic !== undefined && { topics: [{ topic }] }),
    });
  }

  return (
    <Form onSubmit={submit}>
      <ResetKind chosen={kind} onChoose={next => change(() => setKind(next))} />
      {label !== undefined && (
        <TextField
          size="small"
          label={label}
          type={kind === 'timestamp' ? 'datetime-local' : 'text'}
          inputProps={{ step: 1 }}
          InputLabelProps={{ shrink: true }}
          value={text}
          error={problem !== ''}
          helperText={problem}
          onChange={event => change(() => setText(event.target.value))}
          sx={{ minWidth: 220 }}
        />
      )}
      <TopicChoice
        topics={topics}
        chosen={topic}
        onChoose={next => change(() => setTopic(next ?? undefined))}
      />
      <Button
        type="submit"
        variant="outlined"
        disabled={isBusy}
        sx={{ minHeight: 40 }}
      >
        {isBusy ? 'Loading…' : 'Preview'}
      </Button>
    </Form>
  );
}

function ResetKind(props: {
  chosen: ResetTarget['kind'];
  onChoose(kind: ResetTarget['kind']): void;
}) {
  return (
    <TextField
      select
      size="small"
      label="Move"
      value={props.chosen}
      onChange={event => {
        const next = kinds.find(({ value }) => value === event.target.value);
        if (next) props.onChoose(next.value);
      }}
      sx={{ minWidth: 230 }}
    >
      {kinds.map(({ value, words }) => (
        <MenuItem key={value} value={value}>
          {words}
        </MenuItem>
      ))}
    </TextField>
  );
}
