import type { RedrivesResponse } from '@homelab/plugin-dead-letters-common';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import TextField from '@mui/material/TextField';
import { styled } from '@mui/material/styles';
import { useState } from 'react';
import type { FormEvent } from 'react';

/** How to send letters. */
export interface RedriveOrder {
  ratePerSecond: number;
  limit?: number;
  againBefore?: string;
}

const Form = styled('form')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'flex-start',
  gap: theme.spacing(2, 1.5),
}));

/** Parses what was entered; a sentence for each field that is invalid, else an empty text. */
export function parseOrder(
  entered: { rate: string; limit: string; again: boolean },
  maxPerSecond: number,
  now: () => string,
): { order?: RedriveOrder; rateProblem: string; limitProblem: string } {
  const ratePerSecond = Number(entered.rate);
  const limit = Number(entered.limit);
  const isRate = ratePerSecond > 0 && ratePerSecond <= maxPerSecond;
  const isLimit =
    entered.limit === '' || (Number.isSafeInteger(limit) && limit > 0);
  const problems = {
    rateProblem: isRate ? '' : `More than 0, at most ${maxPerSecond}.`,
    limitProblem: isLimit ? '' : 'A whole number, or empty for all.',
  };
  if (!isRate || !isLimit) return problems;
  return {
    ...problems,
    order: {
      ratePerSecond,
      ...(entered.limit !== '' && { limit }),
      ...(entered.again && { againBefore: now() }),
    },
  };
}

/** How fast and how many letters to send; leads to the dry run. */
export function RedriveOptions(props: {
  rate: RedrivesResponse['rate'];
  isBusy: boolean;
  onDryRun(order: RedriveOrder): void;
}) {
  const { defaultPerSecond, maxPerSecond } = props.rate;
  const [rate, setRate] = useState(String(defaultPerSecond));
  const [limit, setLimit] = useState('');
  const [again, setAgain] = useState(false);
  const { order, rateProblem, limitProblem } = parseOrder(
    { rate, limit, again },
    maxPerSecond,
    () => new Date().toISOString(),
  );
  function submit(event: FormEvent) {
    event.preventDefault();
    if (order) props.onDryRun(order);
  }
  return (
    <Form onSubmit={submit}>
      <TextField
        size="small"
        label="Messages per second"
        inputProps={{ inputMode: 'decimal' }}
        value={rate}
        error={rateProblem !== ''}
        helperText={rateProblem}
        onChange={event => setRate(event.target.value)}
        sx={{ width: 180 }}
      />
      <TextField
        size="small"
        label="At most"
        placeholder="all"
        inputProps={{ inputMode: 'numeric' }}
        InputLabelProps={{ shrink: true }}
        value={limit}
        error={limitProblem !== ''}
        helperText={limitProblem}
        onChange={event => setLimit(event.target.value)}
        sx={{ width: 150 }}
      />
      <FormControlLabel
        control={
          <Checkbox
            checked={again}
            onChange={event => setAgain(event.target.checked)}
          />
        }
        label="Include messages already sent again"
      />
      <Button
        type="submit"
        variant="contained"
        disableElevation
        disabled={props.isBusy || order === undefined}
        sx={{ minHeight: 40 }}
      >
        Preview
      </Button>
    </Form>
  );
}
