import type {
  HeatPumpSetting,
  SettingPreview,
} from '@homelab/homelab-api-client';
import { StatusIcon, reasonOf } from '@homelab/portal-react/ui';
import Button from '@mui/material/Button';
import FormControl from '@mui/material/FormControl';
import FormHelperText from '@mui/material/FormHelperText';
import InputLabel from '@mui/material/InputLabel';
import NativeSelect from '@mui/material/NativeSelect';
import OutlinedInput from '@mui/material/OutlinedInput';
import { styled } from '@mui/material/styles';
import { useEffect, useId, useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import type { SettingChange, SettingsApi } from './SettingsApi';
import { newKey } from './newKey';

const Form = styled('form')(({ theme }) => ({
  display: 'flex',
  flexDirection: 'column',
  alignItems: 'flex-start',
  gap: theme.spacing(1.5),
  padding: theme.spacing(2, 0),
  '& p': { margin: 0, maxWidth: '70ch' },
  '& p svg': { verticalAlign: 'text-bottom' },
}));

const Buttons = styled('div')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  gap: theme.spacing(1),
  '& button': { minHeight: 44 },
}));

/** A preview is asked for when nothing was typed for this long. */
const settleMs = 250;

/** The value that a text stands for; undefined while it is none. */
function valueOf(setting: HeatPumpSetting, text: string) {
  if (setting.kind === 'word') return text;
  const number = Number(text.replace(',', '.').replace('−', '-'));
  return text.trim() === '' || Number.isNaN(number) ? undefined : number;
}

/** Fetches what a change would do; undefined while that is not known. */
function usePreview(
  api: SettingsApi,
  deviceId: string,
  change: SettingChange | undefined,
) {
  const [known, setKnown] = useState<{
    value: SettingChange['value'];
    preview?: SettingPreview;
    problem?: string;
  }>();
  const { setting, value } = change ?? {};
  useEffect(() => {
    if (setting === undefined || value === undefined) return undefined;
    const left = new AbortController();
    const { signal } = left;
    const timer = setTimeout(() => {
      api.previewSetting(deviceId, { setting, value }, { signal }).then(
        preview => setKnown({ value, preview }),
        error => {
          if (!signal.aborted) setKnown({ value, problem: reasonOf(error) });
        },
      );
    }, settleMs);
    return () => {
      clearTimeout(timer);
      left.abort();
    };
  }, [api, deviceId, setting, value]);
  return known?.value === value ? known : undefined;
}

/** Chooses a new value, shows what it would do, and asks for it. */
export function SettingEditor(props: {
  api: SettingsApi;
  deviceId: string;
  setting: HeatPumpSetting;
  /** It was accepted, or the person gave up. */
  onClose(isChanged: boolean): void;
}) {
  const { api, deviceId, setting, onClose } = props;
  const [text, setText] = useState(String(setting.value));
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  // One key for one value: pressing the button again after a failure asks for the same change.
  const [key, setKey] = useState(newKey);
  const id = useId();
  const value = valueOf(setting, text);
  const isSame = value === setting.value;
  const preview = usePreview(
    api,
    deviceId,
    value === undefined || isSame
      ? undefined
      : { setting: setting.setting, value },
  );
  const refusal = preview?.preview?.refusal ?? preview?.problem;
  const canAsk = preview?.preview !== undefined && refusal === undefined;

  function choose(next: string) {
    setText(next);
    setKey(newKey());
    setProblem(undefined);
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (value === undefined || !canAsk || isBusy) return;
    setBusy(true);
    try {
      const change = { setting: setting.setting, value };
      await api.changeSetting(deviceId, change, key);
      onClose(true);
    } catch (error) {
      setProblem(reasonOf(error));
      setBusy(false);
    }
  }

  return (
    <Form onSubmit={submit} aria-label={`Change ${setting.label}`}>
      <ValueField setting={setting} text={text} onChange={choose} id={id} />
      <div role="status">
        {preview?.preview?.consequences.map(sentence => (
          <p key={sentence}>{sentence}</p>
        ))}
        {refusal !== undefined && <Refusal>{refusal}</Refusal>}
        {problem !== undefined && (
          <Refusal>It was not changed: {problem}</Refusal>
        )}
      </div>
      <Buttons>
        <Button type="submit" variant="contained" disabled={!canAsk || isBusy}>
          {isBusy ? 'Asking…' : 'Change it'}
        </Button>
        <Button onClick={() => onClose(false)}>Cancel</Button>
      </Buttons>
    </Form>
  );
}

function Refusal({ children }: { children: ReactNode }) {
  return (
    <p>
      <StatusIcon tone="watch" sizePx={18} /> {children}
    </p>
  );
}

/** The new value: chosen from the browser's own menu, or typed. */
function ValueField(props: {
  setting: HeatPumpSetting;
  text: string;
  id: string;
  onChange(text: string): void;
}) {
  const { setting, text, id, onChange } = props;
  const { unit, min, max, step } = setting;
  const isWord = setting.kind === 'word';
  const label = isWord ? setting.label : `${setting.label}, ${unit}`;
  const field = {
    id,
    autoFocus: true,
    value: text,
    onChange: (event: { target: { value: string } }) =>
      onChange(event.target.value),
  };
  const isKnown = setting.words.some(word => word.value === text);
  return (
    <FormControl sx={{ minWidth: isWord ? 240 : 160, maxWidth: '100%' }}>
      <InputLabel htmlFor={id} shrink>
        {label}
      </InputLabel>
      {isWord ? (
        <NativeSelect
          {...field}
          input={<OutlinedInput label={label} notched />}
        >
          {/* A mode that only the heat pump itself can choose. */}
          {!isKnown && (
            <option value={text} disabled>
              {setting.value_text}
            </option>
          )}
          {setting.words.map(word => (
            <option key={word.value} value={word.value}>
              {word.label}
            </option>
          ))}
        </NativeSelect>
      ) : (
        <>
          <OutlinedInput
            {...field}
            type="number"
            label={label}
            notched
            aria-describedby={`${id}-bounds`}
            inputProps={{ min: min ?? undefined, max: max ?? undefined, step }}
          />
          <FormHelperText id={`${id}-bounds`}>
            {min} to {max} {unit}
          </FormHelperText>
        </>
      )}
    </FormControl>
  );
}
