import type { OrganizationFacts } from '../../src/domain/facts.ts';
import { accountId } from '../../src/domain/ids.ts';
import { known } from '../../src/domain/reading.ts';
import { accountFence } from '../../src/judge/fences.ts';
import { policiesOf } from '../../src/pipeline/shared-facts.ts';

const [management, member] = [accountId('111111111111'), accountId('222222222222')];
const document = known(
  { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 'iam:*', Resource: '*' }] },
  null,
);
const attached = { id: 'p-1', name: 'no-iam', targets: known(['r-1'], null), document };

const facts = (types: readonly string[] | null): OrganizationFacts => ({
  id: known({ organization: 'o-1', managementAccount: management }, null),
  tree: known({ roots: ['r-1'], ous: [], accounts: [] }, null),
  policyTypes: known(types, null),
  scps: known([attached], null),
  rcps: known([attached], null),
});

test.each([
  { types: ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'], levels: [1, 1] },
  { types: ['SERVICE_CONTROL_POLICY'], levels: [1, 0] },
  { types: [], levels: [0, 0] },
  { types: null, levels: [1, 1] }, // the answer does not tell
])('with $types enabled, policies of the others limit nobody', ({ types, levels }) => {
  const { fence } = accountFence(policiesOf(facts(types)), { account: member, ou: [] });
  expect([fence.scps.length, fence.rcps.length]).toEqual(levels);
});
