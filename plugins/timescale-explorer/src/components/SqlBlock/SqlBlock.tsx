import { focusRing } from '@homelab/portal-react';
import CopyIcon from '@mui/icons-material/ContentCopyOutlined';
import DoneIcon from '@mui/icons-material/DoneOutlined';
import IconButton from '@mui/material/IconButton';
import { styled } from '@mui/material/styles';
import { useState } from 'react';

const Root = styled('div')(({ theme }) => ({
  display: 'flex',
  alignItems: 'flex-start',
  minWidth: 0,
  borderRadius: 6,
  background: theme.palette.background.default,
  border: `1px solid ${theme.palette.divider}`,
  '& pre': {
    ...focusRing(theme),
    flex: 1,
    minWidth: 0,
    margin: 0,
    padding: theme.spacing(1.25, 1.5),
    overflowX: 'auto',
    fontSize: '0.8125rem',
    lineHeight: 1.5,
  },
  '@media (pointer: coarse)': { '& button': { minWidth: 44, minHeight: 44 } },
}));

/** SQL to read and to copy. */
export function SqlBlock(props: { label: string; sql: string }) {
  const { label, sql } = props;
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(sql);
    setCopied(true);
  };
  return (
    <Root>
      {/* Scrolls sideways, so that the keyboard must reach it. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre tabIndex={0} role="region" aria-label={label}>
        <code>{sql}</code>
      </pre>
      {/* Browsers offer the clipboard only over HTTPS and on this machine. */}
      {navigator.clipboard !== undefined && (
        <IconButton
          aria-label={isCopied ? 'Copied' : `Copy SQL. ${label}`}
          size="small"
          onClick={copy}
          sx={{ margin: 0.5 }}
        >
          {isCopied ? (
            <DoneIcon fontSize="small" />
          ) : (
            <CopyIcon fontSize="small" />
          )}
        </IconButton>
      )}
    </Root>
  );
}
