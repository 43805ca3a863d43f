import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { guardrailSettings } from '../../src/domain/guardrail-settings.ts';
import { accountId } from '../../src/domain/ids.ts';
import { allGuardrails } from '../../src/judge/guardrails.ts';
import { scratch } from './command-line.ts';

/** A policy document of some statements. */
export const policy = (...statements: object[]) => ({ Version: '2012-10-17', Statement: statements });
export const deny = (Action: unknown, more: object = {}) => ({ Effect: 'Deny', Action, Resource: '*', ...more });
export const allow = (Action: unknown, more: object = {}) => ({ Effect: 'Allow', Action, Resource: '*', ...more });
export const fullAccess = policy(allow('*'));

export const management = '111122223333';
export const rootId = 'r-ab12';

/** An SCP and where it is attached. */
export interface AttachedScp {
  readonly id: string;
  readonly targets: readonly string[];
  readonly document: object;
}

/** A user or role of an account. `used`: actions tried in the window; `touched`: services, where AWS tells no more. */
export interface Person {
  readonly name: string;
  readonly kind?: 'user' | 'role';
  readonly document?: object;
  readonly used?: readonly string[];
  readonly touched?: readonly string[];
  /** Nobody may read the last-accessed report. */
  readonly denied?: boolean;
}

export interface SnapshotAccount {
  readonly id: string;
  readonly ou?: string;
  readonly people?: readonly Person[];
}

/** The clock of the snapshots: uses lie ten days before it. */
export const snapshotClock = '2026-09-30T06:00:00Z';
const lately = '2026-09-20T06:00:00Z';
const longAgo = '2024-01-01T00:00:00Z';

/** Writes a snapshot directory of an organisation: a management account, OUs below the root, member accounts, SCPs, people. */
export function organizationSnapshot(accounts: readonly SnapshotAccount[], scps: readonly AttachedScp[] = []): string {
  const folder = scratch();
  writeOrganization(folder, accounts, scps);
  for (const account of accounts) if (account.people !== undefined) writeAccount(folder, account.id, account.people);
  return folder;
}

type Line = { readonly input: object; readonly output?: object; readonly error?: object };

function writer(folder: string) {
  mkdirSync(folder, { recursive: true });
  return {
    answer: (call: string, output: object) => writeFileSync(join(folder, `${call}.json`), JSON.stringify(output)),
    lines: (call: string, lines: readonly Line[]) =>
      writeFileSync(join(folder, `${call}.jsonl`), lines.map((line) => JSON.stringify(line)).join('\n')),
  };
}

function writeOrganization(folder: string, members: readonly SnapshotAccount[], scps: readonly AttachedScp[]): void {
  const { answer, lines } = writer(join(folder, 'organization', 'global'));
  const all = [{ id: management }, ...members] as readonly SnapshotAccount[];
  const ous = [...new Set(members.flatMap(({ ou }) => ou ?? []))];
  const parents = [rootId, ...ous];
  answer('organizations.DescribeOrganization', { Organization: { Id: 'o-abcd123456', MasterAccountId: management } });
  answer('organizations.ListRoots', {
    Roots: [{ Id: rootId, PolicyTypes: [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }] }],
  });
  lines(
    'organizations.ListAccountsForParent',
    parents.map((ParentId) => ({
      input: { ParentId },
      output: {
        Accounts: all
          .filter(({ ou = rootId }) => ou === ParentId)
          .map(({ id }) => ({ Id: id, Name: `account ${id.slice(-2)}`, State: 'ACTIVE' })),
      },
    })),
  );
  lines(
    'organizations.ListOrganizationalUnitsForParent',
    parents.map((ParentId) => ({
      input: { ParentId },
      output: { OrganizationalUnits: ParentId === rootId ? ous.map((Id) => ({ Id, Name: Id })) : [] },
    })),
  );
  const everywhere = [...parents, ...all.map(({ id }) => id)];
  const policies: AttachedScp[] = [{ id: 'p-full', targets: everywhere, document: fullAccess }, ...scps];
  lines('organizations.ListPolicies', [
    {
      input: { Filter: 'SERVICE_CONTROL_POLICY' },
      output: { Policies: policies.map(({ id }) => ({ Id: id, Name: id })) },
    },
    { input: { Filter: 'RESOURCE_CONTROL_POLICY' }, output: { Policies: [] } },
  ]);
  lines(
    'organizations.ListTargetsForPolicy',
    policies.map(({ id, targets }) => ({
      input: { PolicyId: id },
      output: { Targets: targets.map((TargetId) => ({ TargetId })) },
    })),
  );
  lines(
    'organizations.DescribePolicy',
    policies.map(({ id, document }) => ({
      input: { PolicyId: id },
      output: { Policy: { Content: JSON.stringify(document) } },
    })),
  );
}

export const arnOf = (account: string, { kind = 'role', name }: Person): string =>
  `arn:aws:iam::${account}:${kind}/${name}`;

function writeAccount(folder: string, account: string, people: readonly Person[]): void {
  const { answer, lines } = writer(join(folder, account, 'global'));
  const own = ({ document = fullAccess }: Person) => [{ PolicyName: 'own', PolicyDocument: document }];
  answer('iam.GetAccountAuthorizationDetails', {
    UserDetailList: people
      .filter(({ kind }) => kind === 'user')
      .map((person) => ({
        Arn: arnOf(account, person),
        UserName: person.name,
        Path: '/',
        UserId: person.name,
        CreateDate: longAgo,
        UserPolicyList: own(person),
        GroupList: [],
        AttachedManagedPolicies: [],
      })),
    GroupDetailList: [],
    RoleDetailList: people
      .filter(({ kind = 'role' }) => kind === 'role')
      .map((person) => ({
        Arn: arnOf(account, person),
        RoleName: person.name,
        Path: '/',
        CreateDate: longAgo,
        AssumeRolePolicyDocument: policy(),
        RolePolicyList: own(person),
        AttachedManagedPolicies: [],
        RoleLastUsed: { LastUsedDate: lately },
      })),
    Policies: [],
  });
  lines(
    'iam.GenerateServiceLastAccessedDetails',
    people.map((person) => ({
      input: { Arn: arnOf(account, person), Granularity: 'ACTION_LEVEL' },
      ...(person.denied === true
        ? {
            error: {
              name: 'AccessDenied',
              message: 'not authorized to perform: iam:GenerateServiceLastAccessedDetails',
            },
          }
        : { output: { JobId: person.name } }),
    })),
  );
  lines(
    'iam.GetServiceLastAccessedDetails',
    people.map((person) => ({ input: { JobId: person.name }, output: reportOf(person) })),
  );
}

/** Services with action-level data in these snapshots; of all others that guardrails are about AWS tells the service alone. */
const tracked: Readonly<Record<string, readonly string[]>> = {
  iam: [
    'CreateServiceSpecificCredential',
    'CreateUser',
    'AttachUserPolicy',
    'AttachRolePolicy',
    'AttachGroupPolicy',
    'EnableOutboundWebIdentityFederation',
  ],
  cloudtrail: ['StopLogging', 'DeleteTrail', 'UpdateTrail', 'PutEventSelectors'],
  sts: ['GetWebIdentityToken'],
};
const untracked = allGuardrails
  .flatMap((guardrail) => guardrail.probes({ account: accountId(management), ...guardrailSettings }))
  .map(({ action }) => action.slice(0, action.indexOf(':')))
  .filter((service) => !(service in tracked));

function reportOf({ used = [], touched = [] }: Person): object {
  const services = [...Object.keys(tracked), ...new Set(untracked)];
  return {
    JobStatus: 'COMPLETED',
    JobType: 'ACTION_LEVEL',
    JobCreationDate: lately,
    JobCompletionDate: lately,
    IsTruncated: false,
    ServicesLastAccessed: services.map((service) => {
      const mine = used.filter((action) => action.startsWith(`${service}:`));
      const date = mine.length > 0 || touched.includes(service) ? { LastAuthenticated: lately } : {};
      return {
        ServiceName: service,
        ServiceNamespace: service,
        ...date,
        TotalAuthenticatedEntities: 0,
        TrackedActionsLastAccessed: (tracked[service] ?? []).map((ActionName) => ({
          ActionName,
          ...(mine.includes(`${service}:${ActionName}`) ? { LastAccessedTime: lately } : {}),
        })),
      };
    }),
  };
}
