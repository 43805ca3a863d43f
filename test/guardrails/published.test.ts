import { globSync, readFileSync } from 'node:fs';
import { guardrailSettings } from '../../src/domain/guardrail-settings.ts';
import { accountId } from '../../src/domain/ids.ts';
import { unitsOf } from '../../src/guardrails/closing.ts';
import type { Guardrail } from '../../src/guardrails/define.ts';
import { layersOf } from '../../src/guardrails/fence.ts';
import { gradeOf } from '../../src/guardrails/grade.ts';
import * as index from '../../src/guardrails/index.ts';
import { valuesOf } from '../../src/guardrails/values.ts';
import { evaluate } from '../../src/iam/evaluate.ts';
import { PolicyError, parsePolicy } from '../../src/iam/parse.ts';
import { sampleOf } from '../../src/iam/patterns.ts';
import type { Policy } from '../../src/iam/policy.ts';
import { requestOf } from '../../src/iam/request.ts';
import { unitStates } from '../../src/judge/closing-gaps.ts';
import { fenceAlone } from '../../src/judge/fences.ts';
import { planScps } from '../../src/judge/scp-plan.ts';
import { describeWithSharedData, sharedData } from '../support/shared-data.ts';

const account = accountId('111122223333');
const guarded = { account, ...guardrailSettings };
const guardrails: readonly Guardrail[] = Object.values(index);
const units = unitsOf(guardrails, guarded);

/** One word of a published SCP for another: most of them break it, and none may make it look better than it is. */
const words: readonly (readonly [string, string])[] = [
  ['StringEquals', 'StringNotEquals'],
  ['StringNotEquals', 'StringEquals'],
  ['StringNotLike', 'StringLike'],
  ['ArnNotLike', 'ArnLike'],
  ['ArnEquals', 'ArnNotEquals'],
  ['ForAnyValue:', 'ForAllValues:'],
  ['IfExists', ''],
  ['"Action"', '"NotAction"'],
  ['"Resource"', '"NotResource"'],
  ['"Deny"', '"Allow"'],
  ['LONG_TERM', 'long_term'],
  ['bedrock:', 'bedrock-mantle:'],
  ['aws-external-anthropic', 'bedrock'],
  ['AnthropicLimitedAccess', 'AnthropicInferenceAccess'],
  ['"true"', '"false"'],
  [':user/', ':role/'],
  ['aws:PrincipalArn', 'aws:PrincipalTag/Arn'],
];

function parsed(text: string): Policy[] {
  try {
    return [parsePolicy(text, 'scp', 'published')];
  } catch (error) {
    if (error instanceof PolicyError) return [];
    throw error;
  }
}

/** Contexts made of what a policy's own conditions tell apart: each key by itself, the others left out. */
function contextsOf({ statements }: Policy): Record<string, unknown>[] {
  const conditions = statements.flatMap((it) => it.conditions);
  return [...Map.groupBy(conditions, ({ key }) => key)].flatMap(([key, own]) =>
    valuesOf(key, own, (value) => value)
      .slice(0, 6)
      .map((value) => (value === undefined ? {} : { [key]: value })),
  );
}

/** A request to one service carries no keys of another; those with a prefix that comes with the credentials are none of these policies. */
const canCarry = (action: string, context: object): boolean =>
  Object.keys(context).every((key) => key.startsWith('aws:') || key.startsWith(`${action.split(':')[0]}:`));

const principals = ['role/anybody', 'user/anybody'].map((it) => `arn:aws:iam::${account}:${it}`);

function checkGrades(policy: Policy): void {
  const around = fenceAlone(account, [policy]);
  const contexts = [{}, ...contextsOf(policy)];
  for (const guardrail of guardrails) {
    const { proofs } = gradeOf(guardrail, guarded, around.fence);
    const decide = (request: Parameters<typeof requestOf>[0]) =>
      evaluate(requestOf(request), layersOf(around.fence)).decision;
    for (const { probe, state, witness } of proofs) {
      if (witness !== null) expect(decide(witness)).toBe('Allowed');
      if (state !== 'closed') continue;
      for (const principal of principals)
        for (const context of contexts.filter((it) => canCarry(probe.action, it)))
          expect(
            decide({
              ...{ principal, action: probe.action, resourceAccount: account },
              resource: sampleOf(probe.resource, account) ?? '*',
              context: { ...context, ...probe.context, 'aws:PrincipalArn': principal, 'aws:PrincipalAccount': account },
            }),
          ).not.toBe('Allowed');
    }
  }
}

/** What is made beside a policy leaves nothing open. */
function checkClosed(policy: Policy): void {
  const states = unitStates(units, fenceAlone(account, [policy]), guardrailSettings);
  const fence = { account, ou: [], states, spared: units.map(() => []) };
  const { scps } = planScps(units, [fence], { characters: 10_240, free: () => 8 });
  const made = scps.map(({ document }) => parsePolicy(document, 'scp', 'made'));
  const after = fenceAlone(account, [policy, ...made]).fence;
  const open = guardrails.filter((it) => !gradeOf(it, guarded, after).grade.startsWith('enforced'));
  expect(open.map(({ id }) => id)).toEqual([]);
}

describeWithSharedData('published SCPs, as they are and with one word changed', () => {
  const files = globSync(sharedData('scp-*/**/*.json')).filter((file) => !file.endsWith('INDEX.json'));
  const texts = files.map((file) => [file.slice(file.indexOf('scp-')), readFileSync(file, 'utf8')] as const);
  const valid = texts.filter(([, text]) => parsed(text).length > 0);

  test('most of what is published is an SCP', () => {
    expect(valid.length).toBeGreaterThan(40);
  });

  for (const [name, text] of valid)
    test(name, () => {
      const variants = words.flatMap(([from, to]) => (text.includes(from) ? parsed(text.replaceAll(from, to)) : []));
      for (const policy of [...parsed(text), ...variants]) {
        checkGrades(policy);
        checkClosed(policy);
      }
    });
});
