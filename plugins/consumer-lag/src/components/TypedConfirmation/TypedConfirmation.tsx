import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import { styled } from '@mui/material/styles';
import { useId, useState } from 'react';
import type { FormEvent } from 'react';
import { ActionReason } from '@homelab/portal-react';

const Form = styled('form')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'flex-end',
  gap: theme.spacing(1.5),
  '& label': { display: 'block', fontSize: '0.875rem', lineHeight: 1.6 },
  '& code': {
    padding: '1px 6px',
    borderRadius: 4,
    background: theme.palette.background.default,
    overflowWrap: 'anywhere',
  },
}));

const Field = styled(TextField)({ width: 320, maxWidth: '100%' });

/** Confirms a dangerous action by typing a name. */
export function TypedConfirmation(props: {
  /** The text to type. */
  name: string;
  /** What the name belongs to: `group`. */
  what: string;
  button: string;
  isBusy: boolean;
  /** Why the action is not possible; null when it is. */
  refusal: string | null;
  onConfirm(): void;
}) {
  const { name, what, button, isBusy, refusal, onConfirm } = props;
  const [typed, setTyped] = useState('');
  const id = useId();
  const isReady = typed === name && refusal === null && !isBusy;
  function submit(event: FormEvent) {
    event.preventDefault();
    if (isReady) onConfirm();
  }
  return (
    <Form onSubmit={submit}>
      <div>
        <label htmlFor={id}>
          Type the name of the {what}, <code>{name}</code>
        </label>
        <Field
          id={id}
          size="small"
          autoComplete="off"
          spellCheck={false}
          value={typed}
          disabled={refusal !== null}
          onChange={event => setTyped(event.target.value)}
        />
      </div>
      <Button
        type="submit"
        variant="contained"
        color="error"
        disableElevation
        disabled={!isReady}
        aria-describedby={refusal === null ? undefined : `${id}-reason`}
        sx={{ minHeight: 40 }}
      >
        {button}
      </Button>
      <ActionReason id={`${id}-reason`} reason={refusal} />
    </Form>
  );
}
