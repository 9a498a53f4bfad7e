import WarningIcon from '@mui/icons-material/WarningAmberOutlined';
import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';

const Root = styled('div', {
  shouldForwardProp: name => name !== 'isInside',
})<{ isInside: boolean }>(({ theme, isInside }) => ({
  display: 'flex',
  alignItems: 'flex-start',
  gap: theme.spacing(1.5),
  ...(!isInside && {
    padding: theme.spacing(1.5, 2),
    borderRadius: 10,
    border: `1px solid ${theme.palette.divider}`,
    borderLeft: `4px solid ${theme.palette.warning.main}`,
    background: theme.palette.background.paper,
  }),
  color: theme.palette.text.primary,
  fontSize: '0.875rem',
  lineHeight: 1.5,
  overflowWrap: 'anywhere',
  '& > svg': { color: theme.palette.warning.main, flex: 'none', fontSize: 22 },
  '& > div': { minWidth: 0 },
}));

/** A local problem: what is wrong, and what is shown instead. */
export function Notice(props: {
  icon?: ReactNode;
  title: string;
  children?: ReactNode;
  /** Inside a panel, where its own surface would be a card within a card. */
  isInside?: boolean;
}) {
  return (
    <Root role="status" isInside={props.isInside === true}>
      {props.icon ?? <WarningIcon aria-hidden />}
      <div>
        <strong>{props.title}</strong> {props.children}
      </div>
    </Root>
  );
}
