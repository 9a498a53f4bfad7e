import { styled } from '@mui/material/styles';
import { dash, formatNumber } from './formatNumber';

const Value = styled('span')({
  fontVariantNumeric: 'tabular-nums',
  whiteSpace: 'nowrap',
});

const Unit = styled('span')(({ theme }) => ({
  // The unit must stay readable next to small text.
  fontSize: 'max(0.55em, 0.75rem)',
  fontWeight: 400,
  color: theme.palette.text.secondary,
}));

/** A number with a smaller, lighter unit; a dash without unit when unknown. */
export function Quantity(props: {
  value: number | null | undefined;
  decimals: number;
  unit: string;
}) {
  const text = formatNumber(props.value, props.decimals);
  return (
    <Value>
      {text}
      {text !== dash && props.unit !== '' && (
        <Unit>
          {'\u00a0'}
          {props.unit}
        </Unit>
      )}
    </Value>
  );
}
