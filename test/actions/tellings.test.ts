import { tellings } from '../../src/actions/logging.ts';
import type { World } from '../../src/actions/world.ts';
import type { ForwardingRow } from '../../src/domain/tables.ts';
import { account, noShared, planned, trail } from '../support/facts.ts';

// To-dos are one for each place that is changed, and stand with the account that has it.

const management = '999999999999';
const group = `arn:aws:logs:us-east-1:${management}:log-group:org:*`;
const row = (more: Partial<ForwardingRow>): ForwardingRow => ({
  ...{ id: 'f', account, eventClass: 'AWS::Bedrock::Guardrail', core: true, grade: 'stored-only', why: null },
  regions: { monitored: 0, forwarded: 0, 'stored-only': 1, 'not-recorded': 0, 'not-measured': 0 },
  ...{ routes: [], missing: 'a metric filter', target: group, runIn: management, command: 'aws logs one' },
  ...more,
});
const told = (...forwarding: readonly ForwardingRow[]) => {
  const shared = { ...noShared, trails: [trail('org', {})], forwarding: { groups: { [group]: {} }, alarms: {} } };
  return tellings({ result: { forwarding }, shared, planned } as unknown as World);
};

test('the log group of the organisation’s trail is changed once for all, whoever is told of it', () => {
  expect(told(row({}), row({ command: 'aws logs two' }), row({}))).toMatchObject([
    {
      ...{ key: `tell-of-events/${group}`, account: 'organization', commands: ['aws logs one', 'aws logs two'] },
      what: expect.stringContaining(`account ${management}, at ${group}`),
    },
  ]);
});

test('what the account has is its own: one to-do for each rule, with every command', () => {
  const own = (target: string | null, command: string) => row({ target, runIn: account, command });
  const changes = told(own('first', 'aws events a'), own('second', 'aws events b'), own('first', 'aws events c'));
  expect(changes.map(({ account: of, command }) => [of, command])).toEqual([
    [account, 'aws events a\naws events c'],
    [account, 'aws events b'],
  ]);
  expect(new Set(changes.map(({ key }) => key)).size).toBe(2);
});

test('a command of assay is asked for by the account alone, and what is monitored or not recorded asks for nothing', () => {
  const narrowed = row({ target: trail('org', {}).arn, runIn: null, command: `assay logging --account ${account}` });
  expect(told(narrowed)).toMatchObject([{ account, command: narrowed.command }]);
  expect(told(row({ grade: 'not-recorded' }), row({ grade: 'monitored', command: null }))).toEqual([]);
});
