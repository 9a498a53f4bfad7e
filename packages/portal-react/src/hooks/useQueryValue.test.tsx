import { render, screen } from '@testing-library/react';
import { MemoryRouter, useLocation } from 'react-router-dom';
import { useQueryChange, useQueryValue } from './useQueryValue';

function Page() {
  const { search } = useLocation();
  const change = useQueryChange();
  const [text, setText] = useQueryValue('q');
  return (
    <>
      <output>{search}</output>
      <button onClick={() => setText(`${text}!`)}>one</button>
      <button onClick={() => change({ q: null, sort: '-lag' })}>two</button>
    </>
  );
}

function open(address: string) {
  render(
    <MemoryRouter
      initialEntries={[address]}
      future={{ v7_relativeSplatPath: false, v7_startTransition: false }}
    >
      <Page />
    </MemoryRouter>,
  );
  return {
    press: (name: string) =>
      screen.getByRole<HTMLButtonElement>('button', { name }).click(),
  };
}

it('changes one value and keeps the others', async () => {
  const page = open('/?q=a&page=2');
  page.press('one');
  expect(await screen.findByText('?q=a%21&page=2')).toBeInTheDocument();
});

it('changes several values together', async () => {
  const page = open('/?q=a&page=2');
  page.press('two');
  expect(await screen.findByText('?page=2&sort=-lag')).toBeInTheDocument();
});
