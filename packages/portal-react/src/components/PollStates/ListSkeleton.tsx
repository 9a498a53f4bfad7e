import { Panel } from '../Panel';
import Skeleton from '@mui/material/Skeleton';
import { SentenceSkeleton } from '../SentenceHeader';
import { Stack } from '../PageBody';

/** Placeholder for a list before the first answer. */
export function ListSkeleton({ label }: { label: string }) {
  return (
    <Stack>
      <SentenceSkeleton label={label} />
      <Skeleton variant="rounded" height={36} sx={{ maxWidth: 640 }} />
      <Panel aria-hidden>
        {Array.from({ length: 8 }, (_, row) => (
          <Skeleton
            key={row}
            variant="rounded"
            height={36}
            sx={{ marginBottom: 2, '&:last-of-type': { marginBottom: 0 } }}
          />
        ))}
      </Panel>
    </Stack>
  );
}
