import { guardrailSettings } from '../../src/domain/guardrail-settings.ts';
import { parsePolicy } from '../../src/iam/parse.ts';
import { fenceAlone } from '../../src/judge/fences.ts';
import { allGuardrails, besideIn } from '../../src/judge/guardrails.ts';
import { account, denial } from '../support/facts.ts';

const asked = { guardrails: allGuardrails, settings: guardrailSettings };
const scp = parsePolicy(
  { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 'iam:Reset*', Resource: '*' }] },
  'scp',
  'scp',
);

test('what comes near a guardrail is told by action, whether stopped or not; nothing of the management account', () => {
  const around = fenceAlone(account, [scp]);
  const states = Object.fromEntries(besideIn(around, asked).map(({ action, state }) => [action, state]));
  expect(states).toEqual({
    'iam:ResetServiceSpecificCredential': 'closed',
    'iam:UpdateServiceSpecificCredential': 'open',
    'iam:AttachUserPolicy': 'open',
    'iam:AttachRolePolicy': 'open',
    'iam:AttachGroupPolicy': 'open',
  });
  const doubtful = besideIn({ ...around, doubts: [{ gap: denial, operation: null }] }, asked);
  expect(new Set(doubtful.map(({ state }) => state))).toEqual(new Set(['closed', 'not-measured']));
  expect(besideIn({ ...around, bound: false }, asked)).toEqual([]);
});
