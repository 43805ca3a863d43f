import { Refusal } from '../../src/domain/gap.ts';
import type { TranscriptLine } from '../../src/domain/transcript.ts';
import { replayReaders } from '../../src/transcripts/replay.ts';

const roots = (NextToken: string | undefined, ...ids: string[]) => ({
  Roots: ids.map((Id) => ({ Id })),
  ...(NextToken === undefined ? {} : { NextToken }),
});
const page = (token: string | undefined, output: object): TranscriptLine => ({
  region: 'global',
  operation: 'organizations:ListRoots',
  input: token === undefined ? {} : { NextToken: token },
  output,
});

/** The ids on all pages, and the gap that ended them. */
async function walk(lines: readonly TranscriptLine[], input = {}): Promise<unknown[]> {
  const reader = replayReaders(new Map([['organization', lines]])).for({ account: 'organization', region: 'global' });
  const found: unknown[] = [];
  try {
    for await (const { output } of reader.pages('organizations:ListRoots', input))
      found.push(...(output.Roots ?? []).map(({ Id }) => Id));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    found.push(error.gap);
  }
  return found;
}

const missing = { code: 'NOT_IN_SNAPSHOT', operation: 'organizations:ListRoots' };
test.each([
  { name: 'one page', lines: [page(undefined, roots(undefined, 'a'))], expected: ['a'] },
  { name: 'an empty token ends the list', lines: [page(undefined, roots('', 'a'))], expected: ['a'] },
  {
    name: 'the token selects the line, whatever its place',
    lines: [page('2', roots(undefined, 'c')), page('1', roots('2', 'b')), page(undefined, roots('1', 'a'))],
    expected: ['a', 'b', 'c'],
  },
  {
    name: 'an empty page with a token is followed',
    lines: [page(undefined, roots('1')), page('1', { NextToken: '2' }), page('2', roots(undefined, 'c'))],
    expected: ['c'],
  },
  {
    name: 'a list cut off between pages is unknown',
    lines: [page(undefined, roots('1', 'a'))],
    expected: ['a', missing],
  },
  {
    name: 'a token that repeats is refused',
    lines: [page(undefined, roots('1', 'a')), page('1', roots('1', 'b'))],
    expected: ['a', 'b', { code: 'UNEXPECTED', name: 'RepeatedPagingToken' }],
  },
  {
    name: 'tokens that go round are refused',
    lines: [page(undefined, roots('1', 'a')), page('1', roots('2', 'b')), page('2', roots('1', 'c'))],
    expected: ['a', 'b', 'c', { code: 'UNEXPECTED', name: 'RepeatedPagingToken' }],
  },
])('$name', async ({ lines, expected }) => {
  expect(await walk(lines)).toEqual(expected);
});

test('page sizes select nothing, on no page', async () => {
  const lines = [
    page(undefined, roots('1', 'a')),
    { ...page('1', roots(undefined, 'b')), input: { NextToken: '1', MaxResults: 20 } },
  ];
  expect(await walk(lines, { MaxResults: 1 })).toEqual(['a', 'b']);
});

test('a call that does not page is asked once, whatever its answer holds', async () => {
  const lines = [
    { region: 'global', operation: 'organizations:DescribeOrganization', input: {}, output: { NextToken: 'x' } },
  ];
  const reader = replayReaders(new Map([['organization', lines]])).for({ account: 'organization', region: 'global' });
  const pages = await Array.fromAsync(reader.pages('organizations:DescribeOrganization', {}));
  expect(pages).toHaveLength(1);
});

test('every page is asked with the input of the first', async () => {
  const operation = 'organizations:ListAccountsForParent';
  const lines = [
    { region: 'global', operation, input: { ParentId: 'r-1' }, output: { NextToken: '1' } },
    { region: 'global', operation, input: { ParentId: 'r-1', NextToken: '1' }, output: { Accounts: [] } },
  ];
  const reader = replayReaders(new Map([['organization', lines]])).for({ account: 'organization', region: 'global' });
  expect(await Array.fromAsync(reader.pages(operation, { ParentId: 'r-1' }))).toHaveLength(2);
});
