import Button from '@mui/material/Button';
import FormControl from '@mui/material/FormControl';
import FormHelperText from '@mui/material/FormHelperText';
import InputLabel from '@mui/material/InputLabel';
import OutlinedInput from '@mui/material/OutlinedInput';
import { styled } from '@mui/material/styles';
import { useEffect, useRef, useState } from 'react';
import type { FormEvent } from 'react';
import { signIn as signInWith } from './session.ts';

const Root = styled('main')(({ theme }) => ({
  minHeight: '100dvh',
  boxSizing: 'border-box',
  display: 'grid',
  placeContent: 'center',
  gridTemplateColumns: 'minmax(0, 360px)',
  padding: theme.spacing(3),
}));

const Form = styled('form')(({ theme }) => ({
  display: 'flex',
  flexDirection: 'column',
  gap: theme.spacing(2.5),
  '& img': { borderRadius: 16 },
  '& h1': {
    margin: 0,
    fontSize: '1.75rem',
    fontWeight: 600,
    letterSpacing: '-0.01em',
    lineHeight: 1.2,
  },
  '& p': {
    margin: 0,
    fontSize: '0.9375rem',
    lineHeight: 1.5,
    color: theme.palette.text.secondary,
  },
}));

/** What the server says in the address after a sign-in elsewhere that did not work. */
const failures: Readonly<Record<string, string>> = {
  not_allowed: 'This account does not belong to the household.',
  sign_in_unavailable: 'Signing in does not work right now. Try again soon.',
  signed_out: 'Signing in took too long. Try again.',
  internal: 'Signing in did not work. Try again.',
};

function failureInAddress(): string | undefined {
  const code = new URLSearchParams(location.search).get('sign-in');
  return code === null ? undefined : (failures[code] ?? failures.internal);
}

/** Asks who is there: the household password, or the issuer that is configured. */
export function SignInView(props: { signIn: 'password' | 'issuer' }) {
  const [password, setPassword] = useState('');
  const [failure, setFailure] = useState(failureInAddress);
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    document.title = 'Sign in – Home';
  }, []);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (props.signIn === 'issuer') {
      location.assign('/session/start');
      return;
    }
    setBusy(true);
    const failed = await signInWith(password);
    setBusy(false);
    if (failed === undefined) return;
    setFailure(failed.sentence);
    field.current?.focus();
    field.current?.select();
  }

  return (
    <Root>
      <Form onSubmit={event => void submit(event)} noValidate>
        <img src="/icons/icon.svg" alt="" width={64} height={64} />
        <div>
          <h1>Welcome home</h1>
          <p>
            {props.signIn === 'password'
              ? 'The password of the household opens this page on this device.'
              : 'Sign in with the account of your household.'}
          </p>
        </div>
        {props.signIn === 'password' && (
          <FormControl error={failure !== undefined} required fullWidth>
            <InputLabel htmlFor="password">Password</InputLabel>
            <OutlinedInput
              id="password"
              type="password"
              label="Password"
              autoComplete="current-password"
              autoFocus
              inputRef={field}
              value={password}
              onChange={event => {
                setPassword(event.target.value);
                setFailure(undefined);
              }}
              aria-describedby="password-failure"
              inputProps={{ maxLength: 256 }}
            />
            <FormHelperText id="password-failure" role="alert">
              {failure ?? ' '}
            </FormHelperText>
          </FormControl>
        )}
        {props.signIn === 'issuer' && failure !== undefined && (
          <p role="alert">{failure}</p>
        )}
        <Button
          type="submit"
          variant="contained"
          size="large"
          disabled={busy || (props.signIn === 'password' && password === '')}
        >
          {busy ? 'Signing in …' : 'Sign in'}
        </Button>
        {props.signIn === 'password' && (
          <p>
            Forgotten? Whoever runs the server sets a new one with{' '}
            <code>./homelab password</code>.
          </p>
        )}
      </Form>
    </Root>
  );
}
