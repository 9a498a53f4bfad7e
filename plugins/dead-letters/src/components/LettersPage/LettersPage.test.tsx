import type { LettersPage as Page } from '@homelab/plugin-dead-letters-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router-dom';
import type { DeadLettersApi, LettersQuestion } from '../../api';
import { noneAllowed } from '../../testing/createFakeApi';
import { failing } from '@homelab/portal-react/testing';
import {
  createLetter,
  createLetters,
  createRedrive,
  lockedLetter,
  testId,
} from '../../testing/letters';
import {
  currentAddress,
  renderLetters,
} from '../../__testUtils__/renderLetters';
import { LettersPage } from './LettersPage';

const now = () => new Date().toISOString();
const topic = { cluster: 'home', topic: 'homelab.energy.dlq' };

function page(changes: Partial<Page> = {}): Page {
  return {
    now: now(),
    ...topic,
    isOpen: true,
    letters: createLetters(3),
    examined: 3,
    nextCursor: null,
    ...changes,
  };
}

const render = (api: Partial<DeadLettersApi> = {}, query = '') =>
  renderLetters(
    <Routes>
      <Route path="/:cluster/:topic" element={<LettersPage />} />
    </Routes>,
    {
      at: `/home/homelab.energy.dlq${query}`,
      api: { getLetters: async () => page(), ...api },
    },
  );

const table = () => screen.findByRole('table', { name: 'Letters' });

it('shows a decoded value beside its headers, with nothing hidden in it', async () => {
  const value = {
    kind: 'text' as const,
    text: '\u001b[31mred\u202e',
    sizeBytes: 12,
    hiddenBytes: 0,
    isMasked: false,
  };
  await render({
    getLetters: async () => page({ letters: [createLetter({ value })] }),
  });
  await userEvent.click(
    within(await table()).getByRole('button', {
      name: /The time of the reading is not valid/,
    }),
  );
  expect(screen.getByText('\\u001b[31mred\\u202e')).toBeInTheDocument();
  expect(screen.getByText('text, 12 bytes')).toBeInTheDocument();
  expect(screen.getByText('dlq-mqtt-topic')).toBeInTheDocument();
});

it('asks for what the address selects, and for older letters when told to', async () => {
  const asked: LettersQuestion[] = [];
  await render(
    {
      getLetters: async question => {
        asked.push(question);
        return question.before === undefined
          ? page({ nextCursor: 'older' })
          : page({ letters: [createLetter({ offset: '7' })], examined: 1 });
      },
    },
    '?code=timestamp_invalid&code=x&key=meter-1&since=24h',
  );
  await table();
  expect(asked).toEqual([
    {
      ...topic,
      before: undefined,
      filter: {
        codes: ['timestamp_invalid', 'x'],
        key: 'meter-1',
        since: expect.stringMatching(/^20/),
      },
    },
  ]);
  await userEvent.click(screen.getByRole('button', { name: 'Show older' }));
  expect(await screen.findByText('0:7')).toBeInTheDocument();
  expect(asked[1]?.before).toBe('older');
  expect(screen.getByText(/4 shown of 4 looked at/)).toBeInTheDocument();
});

it('forgets the place in the pages when the filter changes', async () => {
  const asked: (string | undefined)[] = [];
  await render({
    getLetters: async ({ before }) => {
      asked.push(before);
      return page({ nextCursor: 'older' });
    },
  });
  await table();
  await userEvent.click(screen.getByRole('button', { name: 'Show older' }));
  await waitFor(() => expect(asked).toEqual([undefined, 'older']));
  await userEvent.click(
    screen.getByRole('button', { name: /The message is not JSON 11/ }),
  );
  await waitFor(() => expect(asked).toHaveLength(3));
  expect(asked[2]).toBeUndefined();
  expect(currentAddress()).toContain('code=json_invalid');
});

it('shows when, why and where from of letters that are locked, and says why they are', async () => {
  await render({
    getLetters: async () =>
      page({ isOpen: false, letters: [lockedLetter(createLetter())] }),
    getClusters: async () => ({
      now: now(),
      clusters: [{ name: 'home', title: 'Home' }],
      actions: noneAllowed,
    }),
  });
  expect(
    await screen.findByText(/deadLetters.actions.peek.enabled/),
  ).toBeInTheDocument();
  expect(
    screen.getByRole('heading', { name: /312 dead letters wait/ }),
  ).toBeInTheDocument();
  const row = within(await table()).getByRole('row', {
    name: /The time of the reading is not valid/,
  });
  expect(row).toHaveTextContent('meter-1');
  expect(row).toHaveTextContent('4 min ago');
  const redrive = screen.getByRole('button', { name: /^Redrive/ });
  expect(redrive).toBeDisabled();
  expect(redrive).toHaveAccessibleDescription(
    'It needs the permission dead-letters.redrive.',
  );
});

it('names the permission to whoever may not see letters at all', async () => {
  await render({ getLetters: failing(403, 'no') });
  expect(await screen.findByRole('alert')).toHaveTextContent(
    'dead-letters.read',
  );
});

it('says that no letter matches', async () => {
  await render({
    getLetters: async () => page({ letters: [], examined: 341 }),
  });
  expect(await screen.findByText('No letter matches.')).toBeInTheDocument();
});

describe('redriving', () => {
  const played = () => {
    const startRedrive = jest.fn(
      async (_topic: unknown, request: { dryRun: boolean }) =>
        createRedrive({
          id: request.dryRun ? testId(1) : testId(2),
          dryRun: request.dryRun,
          state: 'running',
          sent: 0,
          expected: request.dryRun ? null : 240,
        }),
    );
    const getRedrive = jest.fn(async ({ id }: { id: string }) =>
      createRedrive({
        id,
        dryRun: id === testId(1),
        sent: 240,
        expected: 240,
        redrivenBefore: 29,
        originUnknown: 2,
        updatedAt: new Date(Date.now() + 1_000).toISOString(),
        targets: [{ target: 'homelab.ingest.redrive', letters: 240 }],
      }),
    );
    return { startRedrive, getRedrive };
  };

  it('goes from a dry run over the sending to the outcome', async () => {
    const api = played();
    await render(api, '?code=timestamp_invalid');
    await table();
    await userEvent.click(
      screen.getByRole('button', { name: 'Redrive all that match…' }),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Dry run' }));
    const flow = screen.getByRole('region', { name: 'Redrive' });
    expect(
      await within(flow).findByText('240 letters would be sent, 50 a second.'),
    ).toBeInTheDocument();
    expect(flow).toHaveTextContent('240 letters to homelab.ingest.redrive');
    expect(flow).toHaveTextContent('29 letters left out: redriven before.');
    expect(flow).toHaveTextContent('2 letters left out: they name no Kafka');
    await userEvent.click(
      within(flow).getByRole('button', { name: 'Send 240 letters' }),
    );
    expect(await within(flow).findByText('Complete')).toBeInTheDocument();
    const selection = {
      kind: 'filter',
      filter: { codes: ['timestamp_invalid'] },
    };
    expect(api.startRedrive.mock.calls.map(([, request]) => request)).toEqual([
      { dryRun: true, selection, ratePerSecond: 50 },
      { dryRun: false, dryRunId: testId(1), selection, ratePerSecond: 50 },
    ]);
  });

  it('sends only the letters that were chosen', async () => {
    const api = played();
    await render(api);
    await table();
    await userEvent.click(
      screen.getByRole('checkbox', { name: 'Choose the letter 0:339' }),
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Redrive 1 letter…' }),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Dry run' }));
    await waitFor(() =>
      expect(api.startRedrive).toHaveBeenCalledWith(
        topic,
        expect.objectContaining({
          selection: {
            kind: 'letters',
            at: [{ partition: 0, offset: '339' }],
          },
        }),
      ),
    );
  });

  it('refuses a rate that is too high before it asks', async () => {
    await render(played());
    await table();
    await userEvent.click(screen.getByRole('button', { name: /^Redrive all/ }));
    const rate = screen.getByRole('textbox', { name: 'Letters a second' });
    await userEvent.clear(rate);
    await userEvent.type(rate, '501');
    expect(screen.getByText('More than 0, at most 500.')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Dry run' })).toBeDisabled();
  });

  it('says why it was not done', async () => {
    await render({
      startRedrive: failing(409, 'Another redrive runs on this cluster.'),
    });
    await table();
    await userEvent.click(screen.getByRole('button', { name: /^Redrive all/ }));
    await userEvent.click(screen.getByRole('button', { name: 'Dry run' }));
    expect(
      await screen.findByText(/Another redrive runs on this cluster/),
    ).toBeInTheDocument();
  });
});
