import { takeoverActions } from '../../src/catalogue/agent-objects.ts';
import { countedKinds } from '../../src/domain/identity.ts';
import { idOf, places } from '../../src/simulator/demo/places.ts';
import { demoTruth } from '../../src/simulator/demo/truth.ts';
import { grantLines } from '../../src/simulator/grant-table.ts';
import { many, type PolicyDocument } from '../iam/reference/case.ts';
import { referenceEvaluate } from '../iam/reference/evaluate.ts';
import { answering, credentialsOf, demo, readable, rolesOf, usersOf } from './count.ts';
import { canDoOn, holdings } from './held.ts';

// A second count of the demo's agents, of who can change what they do, and of workspaces, from the raw documents by the reference evaluator.

const everybody = [
  ...(await Promise.all(answering.map(({ id }) => usersOf(id)))).flat(),
  ...(await Promise.all(readable.map(({ id }) => rolesOf(id)))).flat(),
].filter(({ kind }) => (countedKinds as readonly string[]).includes(kind));
const accountOf = (arn: string): string => arn.split(':')[4] ?? '';

/** Roles whose trust policy names a service of AI, or tokens of AWS. */
const agents = demo.accounts
  .filter(({ id }) => readable.some((place) => place.id === id))
  .flatMap((account) =>
    account.roles
      .filter(({ path }) => !path.startsWith('/aws-service-role/'))
      .map(({ name, trust }) => ({
        arn: `arn:aws:iam::${account.id}:role/${name}`,
        trust: trust as unknown as PolicyDocument,
      })),
  )
  .filter(({ trust }) =>
    /"(bedrock|bedrock-agentcore|sagemaker)\.amazonaws\.com"|tokens\.sts\.global/.test(JSON.stringify(trust)),
  );

test('agent roles, and those that serve outsiders', () => {
  const serves = ({ arn, trust }: (typeof agents)[number], context: Readonly<Record<string, string>>): boolean =>
    many(trust.Statement)
      .flatMap(({ Principal }) => (typeof Principal === 'object' ? many(Principal['Service']) : []))
      .some((principal) => {
        const request = {
          principal,
          action: 'sts:AssumeRole',
          resource: arn,
          resourceAccount: accountOf(arn),
          context,
        };
        const policies = { identity: [], boundary: null, session: null, scps: [], rcps: [], resource: trust };
        return referenceEvaluate({ request, policies }) === 'Allowed';
      });
  const from = (account: string) => ({
    'aws:PrincipalIsAWSService': 'true',
    'aws:ResourceOrgID': demo.id,
    'aws:SourceAccount': account,
    'aws:SourceArn': `arn:aws:bedrock:us-east-1:${account}:agent/x`,
  });
  const outside = agents.filter((role) =>
    ['123123123123', '998877665544'].some((account) => serves(role, from(account))),
  );
  const inside = agents.filter((role) => serves(role, { ...from('123123123123'), 'aws:SourceOrgID': demo.id }));
  expect(demoTruth.agents).toMatchObject({ roles: agents.length, rolesForOthers: outside.length });
  expect(outside.map(({ arn }) => arn.split('/').at(-1))).toEqual(['night-operator', 'mexico-inference']);
  expect(inside.map(({ arn }) => arn.split('/').at(-1))).toEqual(['agent-reviewer', 'mexico-inference']);
});

test('identities that can change what agents do, and what they do not own', () => {
  const held = holdings([...takeoverActions, 'iam:PassRole', 'aws-external-anthropic:UpdateWorkspace']);
  const lines = new Map(grantLines(demo).map((line) => [line.arn, line]));
  const [found, unread, unowned] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const { arn } of everybody) {
    const holding = accountOf(arn) === idOf('data-lake') ? null : (held.get(arn) ?? null);
    if (holding === null) unread.add(arn);
    else {
      const own = holding.effective.filter((action) => takeoverActions.includes(action));
      if (own.length === 0) continue;
      found.add(arn);
      const roles = agents.filter((agent) => accountOf(agent.arn) === accountOf(arn));
      const line = lines.get(arn);
      const passes =
        roles.length === 0
          ? holding.effective.includes('iam:PassRole')
          : line !== undefined && roles.some((agent) => canDoOn(line, 'iam:PassRole', agent.arn));
      const administers = holding.effective.includes('aws-external-anthropic:UpdateWorkspace');
      if (own.some((action) => !(action.startsWith('aws-external-anthropic:') ? administers : passes)))
        unowned.add(arn);
    }
  }
  expect(demoTruth.agents).toMatchObject({
    takeovers: found.size,
    takeoversUnread: unread.size,
    takeoversUnowned: unowned.size,
  });
});

test('workspaces are where somebody holds a Claude key, and where events tell of one; fenced below two units', async () => {
  const credentials = await Promise.all(answering.map(async ({ id }) => [id, await credentialsOf(id)] as const));
  const claude = credentials.filter(([, list]) =>
    list.some((it) => it.ServiceName?.startsWith('aws-external-anthropic')),
  );
  const told = [idOf('ai-research')];
  const all = [...claude.map(([id]) => id), ...told];
  const open = all.filter(
    (account) => !/ou-a1b2-(aiplatform|payments)/.test(places.find(({ id }) => id === account)?.parent ?? ''),
  );
  expect(demoTruth.agents).toMatchObject({ workspaces: all.length, workspacesOpen: open.length });
});
