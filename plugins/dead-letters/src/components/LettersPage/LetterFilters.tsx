import { describeReason } from '@homelab/plugin-dead-letters-common';
import type { DeadLetterTopic } from '@homelab/plugin-dead-letters-common';
import {
  FilterBar,
  FilterChip,
  FilterChips,
  SearchField,
} from '@homelab/portal-react';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { sinceChoices } from './useLetterFilter';
import type { ChosenFilter } from './useLetterFilter';

/** Filters letters by reason, key, stage and time. */
export function LetterFilters(props: {
  topic: DeadLetterTopic | undefined;
  chosen: ChosenFilter;
  onChange(part: Partial<ChosenFilter>): void;
}) {
  const { topic, chosen, onChange } = props;
  const groups = topic?.groups.filter(({ isRest }) => !isRest) ?? [];
  const listed = new Set(groups.map(({ code }) => code));
  const others = chosen.codes.filter(code => !listed.has(code));
  const toggle = (code: string) =>
    onChange({
      codes: chosen.codes.includes(code)
        ? chosen.codes.filter(one => one !== code)
        : [...chosen.codes, code],
    });
  return (
    <FilterBar role="search" aria-label="Filter messages">
      <SearchField
        label="From (exact)"
        value={chosen.key}
        onChange={key => onChange({ key })}
      />
      <TextField
        select
        size="small"
        label="Failed"
        value={chosen.since}
        onChange={event => onChange({ since: event.target.value })}
        SelectProps={{ displayEmpty: true }}
        InputLabelProps={{ shrink: true }}
        sx={{ minWidth: 170 }}
      >
        <MenuItem value="">At any time</MenuItem>
        {sinceChoices.map(({ value, words }) => (
          <MenuItem key={value} value={value}>
            {words}
          </MenuItem>
        ))}
      </TextField>
      <FilterChips>
        {groups.map(group => (
          <FilterChip
            key={group.code}
            aria-pressed={chosen.codes.includes(group.code)}
            onClick={() => toggle(group.code)}
          >
            {group.reason} <strong>{group.waiting + group.redriven}</strong>
          </FilterChip>
        ))}
        {[
          ...others.map(code => ({
            label: describeReason(code),
            remove: () => toggle(code),
          })),
          ...(chosen.stage === ''
            ? []
            : [
                {
                  label: `failed in ${chosen.stage}`,
                  remove: () => onChange({ stage: '' }),
                },
              ]),
        ].map(({ label, remove }) => (
          <FilterChip key={label} aria-pressed onClick={remove}>
            {label}
          </FilterChip>
        ))}
      </FilterChips>
    </FilterBar>
  );
}
