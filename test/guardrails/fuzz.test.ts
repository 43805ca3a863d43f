import fc from 'fast-check';
import type { Guardrail } from '../../src/guardrails/define.ts';
import type { Exemption } from '../../src/guardrails/exemption.ts';
import { layersOf } from '../../src/guardrails/fence.ts';
import { gradeOf } from '../../src/guardrails/grade.ts';
import * as index from '../../src/guardrails/index.ts';
import type { Fence } from '../../src/guardrails/prove.ts';
import { matchesArnCondition } from '../../src/iam/arn.ts';
import { evaluate } from '../../src/iam/evaluate.ts';
import { fullAccess } from '../../src/iam/full-access.ts';
import { parsePolicy } from '../../src/iam/parse.ts';
import { sampleOf } from '../../src/iam/patterns.ts';
import { requestOf } from '../../src/iam/request.ts';
import { matchesWildcard } from '../../src/iam/wildcard.ts';
import { fuzzAccount, fuzzOrgPath, statementsAbout } from '../support/scp-statements.ts';

// Whatever SCPs say of tags, networks, Regions and the organisation's tree: nobody gets through what is called enforced, only the exempted
// through what is called so with exceptions, and every witness is allowed.

const account = fuzzAccount;
const guarded = { account, maxKeyAgeDays: 90, allowedAudiences: [] };
const orgPath = fuzzOrgPath;
const guardrails: readonly Guardrail[] = Object.values(index);

const scp = (statements: readonly object[]) =>
  parsePolicy({ Version: '2012-10-17', Statement: statements }, 'scp', 'scp');
const fenceOf = (root: readonly object[], own: readonly object[]): Fence => ({
  account,
  organization: 'o-example',
  orgPath,
  scps: [root, own].map((level) => [fullAccess, ...(level.length > 0 ? [scp(level)] : [])]),
  rcps: [],
});

const principals = ['role/ai', 'role/ai-2', 'role/other', 'user/ana', 'user/bo'].map(
  (it) => `arn:aws:iam::${account}:${it}`,
);
const free = fc.record({
  'aws:PrincipalTag/team': fc.constantFrom(undefined, 'ai', 'ax', 'other'),
  'aws:PrincipalTag/owner': fc.constantFrom(undefined, 'ai'),
  'aws:SourceVpce': fc.constantFrom(undefined, 'vpce-1', 'vpce-2'),
  'aws:RequestedRegion': fc.constantFrom(undefined, 'eu-west-1', 'eu-north-1', 'us-east-1'),
  'aws:ViaAWSService': fc.constantFrom(undefined, 'true', 'false'),
});

const isExempt = ({ key, values: wanted, wild }: Exemption, context: Readonly<Record<string, unknown>>): boolean => {
  const given = Object.entries(context).find(([name]) => name.toLowerCase() === key)?.[1];
  if (wanted.length === 0) return given !== undefined;
  return wanted.some((value) => {
    const text = value.replaceAll('${aws:PrincipalAccount}', account).replace(/\$\{[^}]*\}/g, '*');
    if (typeof given !== 'string') return false;
    return key === 'aws:principalarn' && text.split(':').length >= 6
      ? matchesArnCondition(text, given)
      : wild || text !== value
        ? matchesWildcard(text, given)
        : text === given;
  });
};

const runs = Number(process.env['ASSAY_FUZZ_RUNS'] ?? 400);

test.each(guardrails.map((it) => [it.id, it] as const))(
  '%s: no grade is better than what requests meet',
  (_, guardrail) => {
    const probes = guardrail.probes(guarded);
    const statements = fc.array(statementsAbout(probes), { maxLength: 2 });
    const tries = fc.array(fc.tuple(fc.nat(), fc.constantFrom(...principals), free), { minLength: 3, maxLength: 8 });
    const told: Record<string, number> = {};
    fc.assert(
      fc.property(statements, statements, tries, (root, own, requests) => {
        const fence = fenceOf(root, own);
        const { grade, proofs } = gradeOf(guardrail, guarded, fence);
        told[grade] = (told[grade] ?? 0) + 1;
        const allowed = (request: Parameters<typeof requestOf>[0]): boolean =>
          evaluate(requestOf(request), layersOf(fence)).decision === 'Allowed';
        for (const { witness } of proofs) if (witness !== null) expect(allowed(witness)).toBe(true);
        for (const [at, principal, more] of requests) {
          const proof = proofs[at % proofs.length];
          if (proof === undefined || proof.state === 'open') continue;
          const { action, resource, context: fixed } = proof.probe;
          const context = {
            ...Object.fromEntries(Object.entries(more).filter(([, value]) => value !== undefined)),
            ...fixed,
            'aws:PrincipalArn': principal,
            'aws:PrincipalAccount': account,
            'aws:PrincipalOrgID': 'o-example',
            'aws:PrincipalOrgPaths': [orgPath],
            'aws:PrincipalIsAWSService': 'false',
            'aws:PrincipalType': principal.includes(':user/') ? 'User' : 'AssumedRole',
          };
          const asked = {
            principal,
            action,
            resource: sampleOf(resource, account) ?? resource,
            resourceAccount: account,
            context,
          };
          const exempt = proof.exemptions.some((exemption) => isExempt(exemption, context));
          if (!exempt) expect([proof.state, allowed(asked)]).toEqual([proof.state, false]);
        }
      }),
      { numRuns: Math.ceil(runs / Math.max(1, probes.length / 8)) }, // a guardrail of many requests is tried on them all each time
    );
    expect(Object.keys(told).length).toBeGreaterThan(2);
  },
);

test('an exemption by the place in the organisation is everybody’s there, and nobody’s elsewhere', () => {
  const but = (path: string) => ({
    Effect: 'Deny',
    Action: 'bedrock:*',
    Resource: '*',
    Condition: { 'ForAllValues:StringNotLike': { 'aws:PrincipalOrgPaths': path } },
  });
  const grade = (path: string) => gradeOf(index.invocationLogProtection, guarded, fenceOf([but(path)], [])).grade;
  expect(grade('o-example/r-ab12/ou-ab12-11111111/*')).toBe('absent');
  expect(grade('o-example/r-ab12/ou-ab12-22222222/*')).toBe('enforced');
});
