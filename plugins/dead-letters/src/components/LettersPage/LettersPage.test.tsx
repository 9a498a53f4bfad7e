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

const table = () => screen.findByRole('table', { name: 'Messages' });

it('shows a decoded value beside its headers, with invisible characters escaped', async () => {
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
      name: /The time of the reading is invalid/,
    }),
  );
  expect(screen.getByText('\\u001b[31mred\\u202e')).toBeInTheDocument();
  expect(screen.getByText('text, 12 bytes')).toBeInTheDocument();
  expect(screen.getByText('dlq-mqtt-topic')).toBeInTheDocument();
});

it('requests what the address selects, and older messages on demand', async () => {
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
  expect(screen.getByText(/4 shown, 4 examined/)).toBeInTheDocument();
});

it('starts from the newest messages when the filter changes', async () => {
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

it('shows when, why and from where locked messages failed, and why they are locked', async () => {
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
    screen.getByRole('heading', {
      name: /^312 messages could not be processed/,
    }),
  ).toBeInTheDocument();
  const row = within(await table()).getByRole('row', {
    name: /The time of the reading is invalid/,
  });
  expect(row).toHaveTextContent('meter-1');
  expect(row).toHaveTextContent('4 min ago');
  const redrive = screen.getByRole('button', { name: /^Send .* again…$/ });
  expect(redrive).toBeDisabled();
  expect(redrive).toHaveAccessibleDescription(
    'You need the permission dead-letters.redrive.',
  );
});

it('names the missing permission', async () => {
  await render({ getLetters: failing(403, 'no') });
  expect(await screen.findByRole('alert')).toHaveTextContent(
    'dead-letters.read',
  );
});

it('says that no messages match', async () => {
  await render({
    getLetters: async () => page({ letters: [], examined: 341 }),
  });
  expect(await screen.findByText('No messages match.')).toBeInTheDocument();
});

describe('sending again', () => {
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

  it('goes from a preview through sending to the result', async () => {
    const api = played();
    await render(api, '?code=timestamp_invalid');
    await table();
    await userEvent.click(
      screen.getByRole('button', { name: 'Send all matching messages again…' }),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Preview' }));
    const flow = screen.getByRole('region', { name: 'Send again' });
    expect(
      await within(flow).findByText(
        '240 messages would be sent, 50 per second.',
      ),
    ).toBeInTheDocument();
    expect(flow).toHaveTextContent('240 messages to homelab.ingest.redrive');
    expect(flow).toHaveTextContent('29 messages left out: already sent again.');
    expect(flow).toHaveTextContent('2 messages left out: they name no Kafka');
    await userEvent.click(
      within(flow).getByRole('button', { name: 'Send 240 messages' }),
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

  it('sends only the selected messages', async () => {
    const api = played();
    await render(api);
    await table();
    await userEvent.click(
      screen.getByRole('checkbox', { name: 'Select message 0:339' }),
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Send 1 message again…' }),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Preview' }));
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

  it('refuses too high a rate without asking the backend', async () => {
    await render(played());
    await table();
    await userEvent.click(screen.getByRole('button', { name: /^Send all/ }));
    const rate = screen.getByRole('textbox', { name: 'Messages per second' });
    await userEvent.clear(rate);
    await userEvent.type(rate, '501');
    expect(screen.getByText('More than 0, at most 500.')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Preview' })).toBeDisabled();
  });

  it('says why a request was refused', async () => {
    await render({
      startRedrive: failing(409, 'Another redrive runs on this cluster.'),
    });
    await table();
    await userEvent.click(screen.getByRole('button', { name: /^Send all/ }));
    await userEvent.click(screen.getByRole('button', { name: 'Preview' }));
    expect(
      await screen.findByText(/Another redrive runs on this cluster/),
    ).toBeInTheDocument();
  });
});
