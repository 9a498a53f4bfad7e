import LockIcon from '@mui/icons-material/LockOutlined';
import { styled } from '@mui/material/styles';

const Root = styled('span')(({ theme }) => ({
  display: 'inline-flex',
  alignItems: 'flex-start',
  gap: 6,
  maxWidth: '60ch',
  fontSize: '0.8125rem',
  lineHeight: 1.5,
  color: theme.palette.text.secondary,
  overflowWrap: 'anywhere',
  '& svg': { fontSize: 16, marginTop: 2, flex: 'none' },
}));

/** Says why the button next to it is disabled. Pass its id to the button's `aria-describedby`. */
export function ActionReason(props: { id: string; reason: string | null }) {
  if (props.reason === null) return null;
  return (
    <Root id={props.id}>
      <LockIcon aria-hidden />
      {props.reason}
    </Root>
  );
}
