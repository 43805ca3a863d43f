import { expect, test } from '@jest/globals';
import { scpOf } from '../../src/actions/scps.ts';
import { guardrailSettings } from '../../src/domain/guardrail-settings.ts';
import { accountId } from '../../src/domain/ids.ts';
import { parsePolicy } from '../../src/iam/parse.ts';
import { fenceAlone } from '../../src/judge/fences.ts';
import { allGuardrails, gradeGuardrails } from '../../src/judge/guardrails.ts';

const account = accountId('111122223333');
const partitions = ['aws', 'aws-us-gov', 'aws-cn'];

const gradedBehind = (scp: object | null, guardrail: (typeof allGuardrails)[number], partition: string) => {
  const scps = scp === null ? [] : [parsePolicy(scp as never, 'scp', 'own')];
  const asked = { guardrails: [guardrail], settings: guardrailSettings };
  const [row] = gradeGuardrails(fenceAlone(account, scps, partition), [], asked);
  if (row === undefined) throw new TypeError('not graded');
  return row;
};

const cases = partitions.flatMap((partition) => allGuardrails.map((guardrail) => ({ partition, guardrail })));
const named = cases.map(({ partition, guardrail }) => [guardrail.id, partition, guardrail] as const);

/** Whether what a guardrail asks names resources or policies by ARN. */
const isBound = (document: object): boolean => JSON.stringify(document).includes('arn:aws');

test.each(named)('%s in %s holds behind its own SCP, and not without', (_, partition, guardrail) => {
  const own = scpOf(guardrail, [], { ...guardrailSettings, partition });
  expect(gradedBehind(own, guardrail, partition).grade).toBe('enforced');
  expect(gradedBehind(null, guardrail, partition)).toMatchObject({ grade: 'absent' });
  const arns = JSON.stringify(own).match(/arn:[^:]+:/g) ?? [];
  expect(new Set([...arns, `arn:${partition}:`])).toEqual(new Set([`arn:${partition}:`]));
});

test.each(named)(
  '%s in %s does not hold behind the SCP of another partition that names resources',
  (_, partition, guardrail) => {
    for (const other of partitions.filter((it) => it !== partition)) {
      const theirs = scpOf(guardrail, [], { ...guardrailSettings, partition: other });
      const { grade } = gradedBehind(theirs, guardrail, partition);
      if (isBound(theirs)) expect(['absent', 'partial']).toContain(grade);
      else expect(grade).toBe('enforced');
    }
  },
);

test('some guardrails are bound to resources', () => {
  expect(
    allGuardrails
      .filter((it) => isBound(scpOf(it, [])))
      .map(({ id }) => id)
      .sort(),
  ).toEqual(['ai-workspace-data-allow-list', 'no-ai-policy-attach', 'no-phantom-users', 'trail-protection']);
});

test.each(named)('a request that gets through %s in %s is one of that partition', (_, partition, guardrail) => {
  const exempt = `arn:${partition}:iam::${account}:role/keeper`;
  const kept = scpOf(guardrail, [exempt], { ...guardrailSettings, partition });
  const open = gradedBehind(null, guardrail, partition);
  const excepted = gradedBehind(kept, guardrail, partition);
  expect(excepted).toMatchObject({ grade: 'enforced-with-exceptions', witness: { principal: exempt } });
  for (const { witness } of [open, excepted])
    for (const arn of [witness?.principal ?? '', witness?.resource ?? ''].filter((it) => it !== '*'))
      expect(arn.startsWith(`arn:${partition}:`)).toBe(true);
});

test.each(partitions)(
  'in %s who is exempt by an ARN of another partition is nobody, and a wildcard exempts everybody',
  (partition) => {
    const guardrail = allGuardrails.find(({ id }) => id === 'invocation-log-protection');
    if (guardrail === undefined) throw new TypeError('no such guardrail');
    for (const it of partitions) {
      const one = scpOf(guardrail, [`arn:${it}:iam::${account}:role/keeper`], { ...guardrailSettings, partition });
      expect(gradedBehind(one, guardrail, partition).grade).toBe(
        it === partition ? 'enforced-with-exceptions' : 'enforced',
      );
      const all = scpOf(guardrail, [`arn:${it}:iam::*:role/*`], { ...guardrailSettings, partition });
      expect(gradedBehind(all, guardrail, partition).grade).toBe(it === partition ? 'partial' : 'enforced');
    }
  },
);
