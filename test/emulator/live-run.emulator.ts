import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { operations } from '../../src/catalogue/operations.ts';
import { sensitivePermissions } from '../../src/catalogue/sensitive/index.ts';
import * as collectors from '../../src/collectors/index.ts';
import type { Operation } from '../../src/ports/aws-calls.ts';
import { clientConfig, endpoint, managementAccount, openFront, openSideDoor } from './support/aws.ts';
import type { Call } from './support/call.ts';
import type { Fault } from './support/fault.ts';
import type { Front } from './support/front.ts';
import {
  child,
  everyFile,
  figure,
  flagsOfRun,
  type NightJson,
  organizationFigures,
  performedAgain,
  quickNight,
  type Ran,
  run,
  transcripts,
  type Written,
} from './support/live-night.ts';
import {
  answersOf,
  externalIdAsked,
  type Live,
  liveOrganization,
  obstacles,
  throttled,
} from './support/live-organization.ts';

// `assay run` over the wire: real SDK clients, an organisation that others emulate, figures added up by hand.
//
// The identities that count, by account, u = used in the window; roles that moto makes with an account (OrganizationAccountAccessRole,
// as AWS does) are the `org` of each member:
//   management  carol
//   research    ada u, bot u, BedrockAPIKey-abc1 u, plain, deployer u, fenced, an Identity Center role, org
//   models      mia u, org
//   platform    ops, svc u, AeaApiKey-old, tool, org
//   norole, partner   org
//   audit       eve, auditor, org
const ownSecret = 'canary-of-the-callers-own-secret';
Object.assign(process.env, {
  AWS_ENDPOINT_URL: endpoint,
  AWS_ACCESS_KEY_ID: managementAccount,
  AWS_SECRET_ACCESS_KEY: ownSecret,
  AWS_REGION: 'us-east-1',
  XDG_CONFIG_HOME: mkdtempSync(join(tmpdir(), 'assay-config-')),
});

let front: Front;
let side: Front;
let live: Live;
/** What is asked only of log groups that trails write to, and of rules of EventBridge: this organisation has neither. */
const neverAsked: ReadonlySet<string> = new Set([
  'cloudwatch:DescribeAlarms',
  'events:ListTargetsByRule',
  'logs:DescribeAccountPolicies',
  'logs:DescribeMetricFilters',
  'logs:DescribeSubscriptionFilters',
]);
/** The night in a process of its own, with an account that AWS throttles for ever: it waits a minute before it asks that one again. */
let patient: Promise<Ran>;
/** What AssumeRole gave out: none of it may be written down. */
const secrets = new Set<string>([ownSecret]);

const secretsSeen = {
  operation: 'AssumeRole',
  async body(_: Call, real: () => Promise<string>) {
    const told = await real();
    for (const [, secret] of told.matchAll(/<(?:AccessKeyId|SecretAccessKey|SessionToken)>([^<]+)</g))
      secrets.add(secret as string);
    return told;
  },
};

beforeAll(async () => {
  [front, side] = [await openFront(), await openSideDoor()];
  live = await liveOrganization();
  for (const door of [front, side]) door.answers.push(...answersOf(live), secretsSeen);
  side.faults.push(...obstacles(live), externalIdAsked(), throttled(live));
  patient = child(flagsOfRun('<root>'), {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${side.port}`,
    AWS_ACCESS_KEY_ID: managementAccount,
    AWS_SECRET_ACCESS_KEY: ownSecret,
    AWS_REGION: 'us-east-1',
  });
});
afterAll(async () => {
  await patient;
  await Promise.all([front.close(), side.close()]);
});
beforeEach(() => {
  front.calls.length = 0;
  front.faults.length = 0;
  front.faults.push(externalIdAsked());
});

const gapsOf = (night: NightJson, account: string) => night.completeness.gaps.filter((gap) => gap.account === account);
const callsOf = (operation: string, account?: string): Call[] =>
  front.calls.filter((call) => call.operation === operation && (account === undefined || call.account === account));

describe('assay run over an organisation', () => {
  let ran: Ran;
  let night: NightJson;
  let calls: readonly Call[];

  beforeAll(async () => {
    front.calls.length = 0;
    front.faults.push(...obstacles(live), externalIdAsked(), throttled(live, 1));
    ran = await run();
    calls = [...front.calls];
    night = ran.json();
  }, 150_000);

  test('it ends with gaps: exit 2', () => {
    expect(ran.exit).toBe(2);
    expect(night.exitCode).toBe(2);
    expect(night.scope).toMatchObject({ source: 'aws', managementAccount, accountsFrom: 'organization', note: null });
  });

  test('accounts: all eight, by what became of them', () => {
    const { accounts, accountsNotMeasured } = night.completeness;
    expect(accounts).toEqual({ discovered: 8, measured: 4, partial: 1, failed: 2, suspended: 1, skipped: 0 });
    expect(Object.fromEntries(accountsNotMeasured.map(({ name, status }) => [name, status]))).toEqual({
      norole: 'failed',
      partner: 'failed',
      audit: 'partial',
    });
    expect(figure(night, 'completeness.accounts')).toEqual([4, 7, 0, 0]);
  });

  test('identities by kind', () => {
    expect(night.completeness.identities).toEqual({
      counted: 19,
      known: 18,
      unread: 1, // eve: whether she holds a credential that only a last-accessed report shows was not read
      byKind: { user: 8, 'phantom-user': 2, role: 8, 'identity-center-role': 1 },
      apart: { tooNew: 0, serviceLinkedRole: 1, breakGlass: 0, assayReader: 4 },
    });
  });

  test.each([
    // used: ada, bot, the Bedrock key's user, deployer, mia, svc; unused: the other 12 that were read; eve unread
    ['identity.unused-rate', 'effective', [12, 18, 0, 1]],
    ['completeness.identities', 'effective', [18, 19, 0, 0]],
    // the Bedrock key's user and svc, of the ten users; eve's listing was denied
    ['credential.ai-key-user-rate', 'effective', [2, 9, 0, 1]],
    // never used, and made before the window: carol, ada, bot, ops, eve, mia; fresh: the Bedrock key's user, svc; the others hold nothing
    ['credential.stale-user-rate', 'effective', [6, 8, 0, 0]],
    // unused: ada (group), plain, ops; used: deployer; AWS does not say: bot (PassRole), svc (inference); an SCP or a boundary takes it away:
    // the Bedrock key's user and fenced, who count on nominal permissions alone
    ['permission.unused-sensitive-identity-rate', 'effective', [3, 4, 2, 0]],
    ['permission.unused-sensitive-identity-rate', 'nominal', [4, 5, 3, 0]],
    // ops holds two
    ['permission.unused-sensitive-pair-rate', 'effective', [4, 5, 2, 0]],
    ['permission.unused-sensitive-pair-rate', 'nominal', [5, 6, 3, 0]],
    // 2 Regions each in management, research and models, 3 each in platform and audit; the organisation's trail records one of each, and
    // platform's own a second there
    ['logging.management-coverage', 'effective', [6, 12, 0, 0]],
    // 14 classes; the trail records two of them in 5 cells, the event data store one in one; what platform's trail narrows does not count
    ['logging.ai-data-event-coverage', 'effective', [11, 168, 0, 0]],
  ])('%s (%s)', (id, basis, expected) => {
    expect(figure(night, id, basis)).toEqual(expected);
  });

  test('figures stay open over the accounts that nobody ever measured, but for those that need none of their answers', () => {
    for (const { id, open, accountsNotMeasured } of organizationFigures(night))
      if (id === 'completeness.accounts') continue;
      // A guardrail is proven from the organisation's policies, which were all read.
      else if (id.startsWith('guardrail.')) expect([id, open, accountsNotMeasured]).toEqual([id, false, []]);
      else expect([id, open, accountsNotMeasured]).toEqual([id, true, [live.norole, live.partner]]);
  });

  test('AI keys', () => {
    expect(night.counts).toEqual({
      users: 10,
      aiKeyUsers: 2,
      aiKeyUsersUnread: 1,
      aiKeysLive: 2,
      aiKeysLiveNeverExpiring: 1,
      aiKeysLiveNotDenied: 2, // the SCP of `ai` denies bedrock:* alone, not the prefix bedrock-mantle; none is over platform
      aiKeysLiveOnPhantomUsers: 1,
      aiKeysExpired: 1,
      aiKeysInactive: 1,
      phantomUsers: 2,
      phantomUsersLiveKey: 1,
      phantomUsersInactiveOnly: 0,
      phantomUsersExpiredOnly: 1,
      phantomUsersOrphaned: 0,
      phantomUsersNotMeasured: 0,
      phantomUsersGained: 0,
      phantomUsersGainedNotMeasured: 0,
      phantomUsersWithoutLiveKey: 1,
    });
  });

  test('what was not read is named with its cause and its remedy', () => {
    const role = (account: string) => `arn:aws:iam::${account}:role/AssayReader`;
    for (const account of [live.norole, live.partner])
      expect(gapsOf(night, account)).toEqual([
        expect.objectContaining({
          operation: 'sts:AssumeRole',
          cause: `the role ${role(account)} could not be assumed`,
          remedy: expect.stringMatching(/create the reader role .* trust .* external ID/),
        }),
      ]);
    const denied = gapsOf(night, live.audit);
    expect(denied).toEqual([
      expect.objectContaining({
        gap: { code: 'ACCESS_DENIED', action: 'iam:ListServiceSpecificCredentials', by: 'scp' },
        cause: expect.stringContaining('a service control policy stops it'),
        remedy: expect.stringMatching(/exempt the reader role where a service control policy denies iam:ListServiceSp/),
      }),
    ]);
    expect(night.completeness.gaps).toHaveLength(3);
  });

  test('a throttle that passes is not seen', () => expect(gapsOf(night, live.models)).toEqual([]));

  test('the same night performed again from its evidence alone: every row and every figure', async () => {
    const { first, again } = await performedAgain(ran.root);
    expect(again).toEqual(first);
    expect(first.rows.identities.length).toBeGreaterThan(15);
  });

  test('no credential is in any file', () => {
    expect(secrets.size).toBeGreaterThan(10);
    const files = everyFile(ran.root);
    expect(files.size).toBeGreaterThan(40);
    for (const [file, text] of files)
      for (const secret of secrets) if (text.includes(secret)) throw new Error(`a credential is in ${file}`);
  });

  describe('calls', () => {
    /** The table names services as the SDK does; these sign with another name. */
    const signedAs: Readonly<Record<string, string>> = {
      'access-analyzer': 'accessanalyzer',
      cloudcontrolapi: 'cloudcontrol',
    };
    const named = ({ service, operation }: Call): string => `${signedAs[service] ?? service}:${operation}`;
    const inScope = () => calls.filter(({ account }) => account !== live.norole && account !== live.partner);

    test('those of the operation table, and no others', () => {
      expect([...new Set(calls.map(named))].sort()).toEqual(
        Object.keys(operations)
          .filter((operation) => !neverAsked.has(operation))
          .sort(),
      );
    });

    test('who asks is the first of them', () => expect(named(calls[0] as Call)).toBe('sts:GetCallerIdentity'));

    test('each organisation call is made by the management account, for each parent and policy once', () => {
      const asked = calls.filter(({ service }) => service === 'organizations');
      expect(new Set(asked.map(({ account }) => account))).toEqual(new Set([managementAccount]));
      const keys = asked.map((call) => `${call.operation} ${JSON.stringify(call.input)}`);
      expect(keys).toEqual([...new Set(keys)]);
    });

    test('global calls once per account: but for what is asked by user, service, page or poll', () => {
      const once = ['ListRegions', 'GetAccountAuthorizationDetails', 'GetCredentialReport'];
      const counts = Map.groupBy(
        inScope().filter(({ operation }) => once.includes(operation)),
        ({ account, operation }) => `${account} ${operation}`,
      );
      const more = [...counts].filter(([, list]) => list.length > 1).map(([key, list]) => `${key} ${list.length}`);
      expect(more).toEqual([`${live.models} GetAccountAuthorizationDetails 2`]); // throttled once
    });

    test('regional calls once per Region of an account', () => {
      const regional = inScope().filter(({ operation }) =>
        ['DescribeTrails', 'ListEventDataStores'].includes(operation),
      );
      const counts = Map.groupBy(regional, ({ account, operation, region }) => `${account} ${operation} ${region}`);
      expect(counts.size).toBe(24); // 2 + 2 + 2 + 3 + 3 Regions, two operations
      for (const [key, list] of counts) expect([key, list.length]).toEqual([key, 1]);
    });

    test('the organisation’s trail is read once, where it lives', () => {
      const details = calls.filter(({ operation }) => ['GetTrailStatus', 'GetEventSelectors'].includes(operation));
      const asked = details.map(({ account, operation, region }) => `${account} ${operation} ${region}`);
      expect(asked.sort()).toEqual(
        [
          `${managementAccount} GetEventSelectors us-east-1`,
          `${managementAccount} GetTrailStatus us-east-1`,
          `${live.platform} GetEventSelectors eu-west-1`,
          `${live.platform} GetTrailStatus eu-west-1`,
        ].sort(),
      );
    });

    test('a long list is followed page by page, a report polled until AWS has made it', () => {
      const of = (operation: string, account: string) =>
        calls.filter((it) => it.operation === operation && it.account === account);
      expect(of('ListServiceSpecificCredentials', live.platform)).toHaveLength(6 + 1); // six services, one of them with a second page
      // nine identities: ada's report has two pages, and each is in progress once
      expect(of('GenerateServiceLastAccessedDetails', live.research)).toHaveLength(9);
      expect(of('GetServiceLastAccessedDetails', live.research)).toHaveLength(9 + 9 + 1);
      expect(
        of('GenerateServiceLastAccessedDetails', live.research).map(({ input }) => input['Arn']),
      ).not.toContainEqual(expect.stringContaining('/aws-service-role/'));
    });
  });
});

describe('which accounts', () => {
  const statuses = (night: NightJson) => night.completeness.accounts;
  const collected = () => new Set(callsOf('GetAccountAuthorizationDetails').map(({ account }) => account));

  test('--accounts', async () => {
    const { exit, json } = await run('--accounts', `${live.platform},${live.research}`);
    expect(exit).toBe(0);
    expect(statuses(json())).toMatchObject({ discovered: 8, measured: 2, suspended: 1, skipped: 5 });
    expect(collected()).toEqual(new Set([live.platform, live.research]));
  });

  test('--skip-accounts', async () => {
    const { json } = await run('--skip-accounts', live.research, '--skip-accounts', live.audit);
    expect(statuses(json())).toMatchObject({ discovered: 8, measured: 5, suspended: 1, skipped: 2 });
    expect(collected()).not.toContain(live.audit);
  });

  test('--ou: with everything below it', async () => {
    const { json } = await run('--ou', live.ous.workloads);
    expect(collected()).toEqual(new Set([live.research, live.models, live.platform, live.norole]));
    expect(statuses(json())).toMatchObject({ discovered: 8, measured: 4, suspended: 1, skipped: 3 });
  });
});

describe('one account alone', () => {
  const ofOrganizations = Object.keys(operations)
    .filter((name) => name.startsWith('organizations:'))
    .map((name) => name.slice('organizations:'.length));
  const forAll = (fault: Omit<Fault, 'operation'>) =>
    front.faults.push(...ofOrganizations.map((operation) => ({ ...fault, operation })));

  /** With the credentials of a member: those that AssumeRole gives out for it. */
  async function runIn(account: string): Promise<NightJson> {
    const { Credentials } = await new STSClient(clientConfig).send(
      new AssumeRoleCommand({
        RoleArn: `arn:aws:iam::${account}:role/Night`,
        RoleSessionName: 'own',
        ExternalId: 'assay-4711',
      }),
    );
    const before = { ...process.env };
    Object.assign(process.env, {
      AWS_ACCESS_KEY_ID: Credentials?.AccessKeyId,
      AWS_SECRET_ACCESS_KEY: Credentials?.SecretAccessKey,
      AWS_SESSION_TOKEN: Credentials?.SessionToken,
    });
    try {
      front.calls.length = 0;
      return (await run()).json();
    } finally {
      process.env = before;
    }
  }

  test('in no organisation: nothing is missing', async () => {
    forAll({
      status: 400,
      code: 'AWSOrganizationsNotInUseException',
      message: 'Your account is not a member of an organization.',
    });
    // It sees its own trail alone.
    front.answers.push({ operation: 'DescribeTrails', account: live.platform, body: (_, real) => real() });
    const night = await runIn(live.platform);
    front.answers.pop();
    expect(callsOf('AssumeRole')).toEqual([]);
    expect(night.scope).toMatchObject({ organization: null, managementAccount: null, accountsFrom: 'arns' });
    expect(night.scope.note).toContain('no organisation was read');
    expect(night.completeness.accounts).toMatchObject({ discovered: 1, measured: 1 });
    expect(night.completeness.gaps).toEqual([]);
    expect(figure(night, 'identity.unused-rate')).toEqual([4, 5, 0, 0]);
    expect(figure(night, 'credential.ai-key-user-rate')).toEqual([1, 3, 0, 0]);
    expect(organizationFigures(night).filter(({ open }) => open)).toEqual([]);
    expect(night.exitCode).toBe(0);
  });

  test('Organizations denied: its own figures are there, and open', async () => {
    forAll({
      status: 400,
      code: 'AccessDeniedException',
      message: "You don't have permissions to access this resource.",
    });
    const night = await runIn(live.platform);
    expect(callsOf('AssumeRole')).toEqual([]);
    expect(night.scope).toMatchObject({ organization: null, managementAccount: null, accountsFrom: 'arns' });
    expect(night.scope.note).toContain('could not be listed');
    expect(night.completeness.accounts).toMatchObject({ discovered: 1, partial: 1 });
    expect(figure(night, 'identity.unused-rate')).toEqual([4, 5, 0, 0]);
    expect(organizationFigures(night).filter(({ open }) => !open)).toEqual([]);
    const actions = gapsOf(night, 'organization').map(({ gap }) => gap.action);
    expect(actions).toContain('organizations:DescribeOrganization');
    expect(night.exitCode).toBe(2);
  });
});

describe('sessions', () => {
  test('a session about to end is renewed before the next call, and nothing of that is recorded', async () => {
    let given = 0;
    front.answers.push({
      operation: 'AssumeRole',
      account: live.platform,
      async body(call, real) {
        const minutes = ++given === 1 ? 4 : 60;
        const ends = new Date(Date.now() + minutes * 60_000).toISOString().replace(/\.\d{3}Z$/, 'Z');
        return (await secretsSeen.body(call, real)).replace(/<Expiration>[^<]+</, `<Expiration>${ends}<`);
      },
    });
    const { exit, root } = await run('--accounts', live.platform);
    front.answers.pop();
    expect(exit).toBe(0);
    expect(callsOf('AssumeRole', live.platform)).toHaveLength(2);
    const keys = callsOf('GetAccountAuthorizationDetails', live.platform).map(({ accessKey }) => accessKey);
    expect(keys).toHaveLength(1);
    const told = [...(await transcripts(root))].map(([, text]) => text).join('');
    expect(told.match(/"sts:AssumeRole"/g)).toHaveLength(1);
    expect(told).not.toMatch(/AccessKeyId|SessionToken|Expiration"/);
    for (const [file, text] of everyFile(root))
      for (const secret of secrets) if (text.includes(secret)) throw new Error(`a credential is in ${file}`);
  });
});

describe('every single denial', () => {
  /** One account to deny calls in, with one beside it and the one where the organisation's trail lives. */
  const some = () => [live.platform, live.research, managementAccount];
  let whole: Written;
  beforeAll(async () => {
    front.faults.length = 0;
    front.faults.push(externalIdAsked());
    whole = await quickNight(...some());
  });

  const nameOf = (operation: string): string => operation.slice(operation.indexOf(':') + 1);
  const denial = (operation: string, account: string): Fault => ({
    operation: nameOf(operation),
    account,
    status: 403,
    code: /^(iam|sts):/.test(operation) ? 'AccessDenied' : 'AccessDeniedException',
    message: `User is not authorized to perform: ${operations[operation as Operation].action}`,
  });
  const pessimistic = ({ id, basis, worse, pessimistic: bound }: Written['summary']['metrics'][number]) =>
    [`${id} ${basis}`, worse === 'higher' ? -bound : bound] as const;

  /** No figure of the organisation looks better than when nothing was denied; one that is left out is at its worst. */
  function nothingLooksBetter(denied: Written): void {
    const bounds = new Map(organizationFigures(denied.summary).map(pessimistic));
    for (const [id, bound] of organizationFigures(whole.summary).map(pessimistic))
      expect([id, (bounds.get(id) ?? Number.NEGATIVE_INFINITY) <= bound + 1e-12]).toEqual([id, true]);
  }

  /** The rows of all accounts but one. The reader role's own last use moves on with every night. */
  const others = ({ rows }: Written, account: string) =>
    Object.entries(rows).map(([name, list]) => [
      name,
      list
        // What is changed once for many accounts has this one in it.
        .filter((row) => row.account !== account && !(name === 'actions' && row.account === 'organization'))
        .map((row) => ('kind' in row && row.kind === 'assay-reader' ? { ...row, lastUsed: null } : row))
        // The emulator's trails deliver at the moment they are asked.
        .map((row) => JSON.stringify(row).replace(/"lastDelivery":"[^"]*"/g, '"lastDelivery":null')),
    ]);

  const gapOf = ({ rows }: Written, operation: string) => {
    const { action } = operations[operation as Operation];
    return rows.gaps
      .map((row) => row as unknown as { gap: { action?: string } })
      .find(({ gap }) => gap.action === action);
  };

  test('nothing denied, nothing missing', () => {
    expect(whole.rows.gaps.map(({ gap }) => gap).filter(({ code }) => code !== 'NOT_IMPLEMENTED')).toEqual([]);
    expect(whole.summary.completeness.accounts).toMatchObject({ discovered: 8, measured: 3, suspended: 1, skipped: 4 });
  });

  /** What the collectors of an account ask; asked in the management account alone: what is about the whole organisation. */
  const asked = [...new Set(Object.values(collectors).flatMap((it) => it.operations as readonly Operation[]))];
  const ofAccounts = asked.filter(
    (it) => operations[it].where !== 'organization' && it !== 'sts:AssumeRole' && !neverAsked.has(it),
  );

  test.each(ofAccounts)('%s in one account', async (operation) => {
    const account = operation === 'iam:ListOrganizationsFeatures' ? managementAccount : live.platform;
    front.faults.push(denial(operation, account));
    // An earlier report can still be read where a new one may not be asked for; here there is none.
    if (operation === 'iam:GenerateCredentialReport')
      front.faults.push({ ...denial('iam:GetCredentialReport', account), status: 410, code: 'ReportNotPresent' });
    const denied = await quickNight(...some());
    expect(callsOf(nameOf(operation), account).length).toBeGreaterThan(0);
    expect(gapOf(denied, operation)).toMatchObject({ gap: { code: 'ACCESS_DENIED' } });
    if (account === live.platform) {
      expect(gapOf(denied, operation)).toMatchObject({ account });
      expect(others(denied, account)).toEqual(others(whole, account));
    }
    nothingLooksBetter(denied);
  });

  test('sts:AssumeRole in one account', async () => {
    front.faults.push(denial('sts:AssumeRole', live.platform));
    const denied = await quickNight(...some());
    expect(denied.rows.gaps.filter(({ account }) => account === live.platform)).toMatchObject([
      { gap: { code: 'ROLE_NOT_ASSUMED' } },
    ]);
    expect(others(denied, live.platform)).toEqual(others(whole, live.platform));
    nothingLooksBetter(denied);
  });

  test.each(asked.filter((it) => it.startsWith('organizations:')))('%s', async (operation) => {
    front.faults.push(denial(operation, managementAccount));
    const denied = await quickNight(...some());
    expect(gapOf(denied, operation)).toMatchObject({ account: 'organization', gap: { code: 'ACCESS_DENIED' } });
    nothingLooksBetter(denied);
  });

  const ofTrails = ['DescribeTrails', 'GetTrailStatus', 'GetEventSelectors', 'ListEventDataStores'];
  test.each(['account:ListRegions', ...ofTrails.map((name) => `cloudtrail:${name}`)])(
    '%s in the management account, where the organisation’s trail is read',
    async (operation) => {
      front.faults.push(denial(operation, managementAccount));
      const denied = await quickNight(...some());
      expect(gapOf(denied, operation)).toMatchObject({ gap: { code: 'ACCESS_DENIED' } });
      nothingLooksBetter(denied);
    },
  );
});

describe('what cannot work is said in one line', () => {
  const oneLine = ({ exit, out, err }: Ran, ...words: string[]): void => {
    expect({ exit, out, lines: err.trimEnd().split('\n').length }).toEqual({ exit: 64, out: '', lines: 1 });
    for (const word of words) expect(err).toContain(word);
  };
  const door = { AWS_ENDPOINT_URL: endpoint, AWS_REGION: 'us-east-1' };
  const keys = { AWS_ACCESS_KEY_ID: managementAccount, AWS_SECRET_ACCESS_KEY: 'test' };

  test('no credentials', async () => {
    oneLine(await child(flagsOfRun('<root>'), door), 'run: ', 'credentials', '--profile');
  });

  test('credentials that AWS refuses', async () => {
    front.faults.push({
      operation: 'GetCallerIdentity',
      status: 403,
      code: 'InvalidClientTokenId',
      message: 'The security token included in the request is invalid.',
    });
    oneLine(await child(flagsOfRun('<root>'), { ...door, ...keys }), 'run: ', 'security token');
  });

  test('nobody at the endpoint', async () => {
    const nobody = { ...keys, AWS_REGION: 'us-east-1', AWS_ENDPOINT_URL: 'http://127.0.0.1:9' };
    oneLine(await child(flagsOfRun('<root>'), nobody), 'run: ', 'ECONNREFUSED', 'AWS_ENDPOINT_URL');
  });
});

describe('as a process of its own, with credentials from the environment alone', () => {
  let ran: Ran;
  let night: NightJson;
  beforeAll(async () => {
    ran = await patient;
    night = ran.json();
  }, 200_000);

  test('the same night, but for the account that AWS throttles for ever', () => {
    expect(ran.exit).toBe(2);
    expect(night.completeness.accounts).toEqual({
      discovered: 8,
      measured: 3,
      partial: 2,
      failed: 2,
      suspended: 1,
      skipped: 0,
    });
    // Its users are known from the credential report; its roles from nowhere.
    expect(figure(night, 'identity.unused-rate')).toEqual([11, 17, 0, 1]);
    expect(figure(night, 'credential.ai-key-user-rate')).toEqual([2, 9, 0, 1]);
    expect(figure(night, 'credential.stale-user-rate')).toEqual([6, 8, 0, 0]);
    // mia's policies were not read: she may hold anything
    expect(figure(night, 'permission.unused-sensitive-identity-rate')).toEqual([3, 4, 2, 1]);
    expect(figure(night, 'permission.unused-sensitive-pair-rate')).toEqual([4, 5, 2, sensitivePermissions.length]);
    expect(figure(night, 'logging.management-coverage')).toEqual([6, 12, 0, 0]);
  });

  test('the gap says so', () => {
    expect(gapsOf(night, live.models)).toEqual([
      expect.objectContaining({
        gap: { code: 'THROTTLED', action: 'iam:GetAccountAuthorizationDetails' },
        remedy: 'run again at a quieter hour',
      }),
    ]);
  });

  test('it was asked once more, a minute later', () => {
    const asked = side.calls.filter(
      ({ operation, account }) => operation === 'GetAccountAuthorizationDetails' && account === live.models,
    );
    const [first, last] = [asked[0]?.at ?? 0, asked.at(-1)?.at ?? 0];
    expect(last - first).toBeGreaterThanOrEqual(60_000);
  });

  test('it is performed again from its evidence', async () => {
    const { first, again } = await performedAgain(ran.root);
    expect(again).toEqual(first);
  });

  test('no credential is in any file', () => {
    for (const [file, text] of everyFile(ran.root))
      for (const secret of secrets) if (text.includes(secret)) throw new Error(`a credential is in ${file}`);
  });
});
