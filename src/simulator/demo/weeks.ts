import type { StoreSpec, TrailSpec } from '../build.ts';
import type { RoleSpec, UserSpec } from '../build-identities.ts';
import type { SimulatedScp } from '../organization.ts';
import { management } from '../select.ts';
import { machineGrants, personGrants, roleGrants } from './grants.ts';
import type { KeyHolder } from './key-holders.ts';
import { type AccountName, idOf, ou, type Place } from './places.ts';
import type { PlantedRole } from './planted-roles.ts';
import { allow, phantomPolicies } from './policies.ts';

// What was otherwise in the weeks before tonight. Weeks are counted back: 0 is tonight, 12 the first night of the demo. Dates of use and
// creation need no line here: `asOf` takes what was made or used later away. Figures of every week: `truth-weeks.ts`.

/** How many earlier weeks the demo can show. */
export const demoWeeks = 12;

/** Days in which use counted: a shorter window in the first weeks, so that figures of use begin anew with the longer one. */
export const windowIn = (week: number): number => (week >= 10 ? 60 : 90);

/** Accounts that joined the organisation this week: nobody has looked at them before. */
const joined: ReadonlySet<string> = new Set<AccountName>(['acquired-erp', 'data-lake']);
/** In this week somebody had changed the trust of the reader role in one account. */
const lockedOut = { week: 5, account: 'payments-core' } as const;

/** Whether an account came into the organisation this week: `asOf` takes it away from earlier ones. */
export const isNewcomer = ({ name }: Pick<Place, 'name'>): boolean => joined.has(name);

/** What an account refused: tonight's faults are all of this week. */
export function refusedIn({ name, refuses = {} }: Place, week: number): Place['refuses'] & {} {
  if (week === 0) return refuses;
  return week === lockedOut.week && name === lockedOut.account ? { 'sts:AssumeRole': 'AccessDenied' } : {};
}

/** Until this week the policy against AI keys lay on Security alone, and others had none. */
const fenced = 5;

export const scpsIn = (scps: readonly SimulatedScp[], week: number): readonly SimulatedScp[] =>
  week <= fenced ? scps : scps.map((it) => (it.name === 'no-static-ai-keys' ? { ...it, targets: [ou.security] } : it));

/** Weeks in which a trail or store first selected data events of AI services. */
const recording: Readonly<Partial<Record<AccountName, number>>> = { 'payments-core': 3, 'ai-research': 7 };

const isRecording = (account: AccountName, week: number): boolean => week <= (recording[account] ?? Infinity);

export const trailIn = (account: AccountName, trail: TrailSpec, week: number): TrailSpec =>
  isRecording(account, week) ? trail : { ...trail, selectors: { kind: 'advanced', selectors: [management()] } };

export const storeIn = (account: AccountName, store: StoreSpec, week: number): StoreSpec =>
  isRecording(account, week) ? store : { ...store, selectors: [management()] };

/** The last week in which a key that is inactive tonight was active. */
const active: Readonly<Record<string, number>> = { 'AeaApiKey-rs3d9f2g': 1, 'svc-notebook': 4 };

/** A holder as in an earlier week: its credentials could be listed, its report could be made, its key may have been active. */
export function holderIn(holder: KeyHolder, week: number): KeyHolder {
  if (week === 0) return holder;
  const { sealed: _, credentials = [], ...rest } = holder;
  const wasActive = week >= (active[holder.name] ?? Infinity);
  const readable = {
    ...rest,
    credentials: wasActive ? credentials.map(({ status: __, ...credential }) => credential) : credentials,
  };
  return readable.uses === 'failed' ? { ...readable, uses: {} } : readable;
}

/** A planted role as in an earlier week: its report could be made, its policy was one that IAM takes. */
export function roleIn(role: PlantedRole, week: number): PlantedRole {
  if (week === 0) return role;
  const repaired =
    role.name === 'vendor-connector'
      ? { inline: { exports: allow('s3:GetObject', 'arn:aws:s3:::vendor-exports/*') } }
      : {};
  return { ...role, ...repaired, ...(role.uses === 'failed' ? { uses: {} } : {}) };
}

interface Gone {
  readonly account: AccountName;
  /** The last week in which it was there. */
  readonly until: number;
}

/** Roles that were deleted: their purpose, and days before tonight that they were used last. */
// biome-ignore format: a table
const goneRoles: readonly (Gone & { readonly purpose: string; readonly used: number | null })[] = [
  // A clean-up of what nobody used.
  { account: 'web-shop',        until: 8, purpose: 'batch-loader',     used: 380 },
  { account: 'web-shop',        until: 8, purpose: 'data-science',     used: null },
  { account: 'web-shop',        until: 8, purpose: 'db-migration',     used: 360 },
  { account: 'customer-portal', until: 8, purpose: 'legacy-import',    used: null },
  { account: 'customer-portal', until: 8, purpose: 'token-broker',     used: 390 },
  // Another one, by the action queue.
  { account: 'dev-web',         until: 2, purpose: 'incident-tools',   used: 300 },
  { account: 'dev-web',         until: 2, purpose: 'model-evaluation', used: 310 },
  { account: 'dev-ai',          until: 2, purpose: 'prompt-archive',   used: null },
  { account: 'ci-build',        until: 2, purpose: 'deploy-pipeline',  used: null },
  { account: 'sandbox-anna',    until: 1, purpose: 'feature-store',    used: 250 },
  // Replaced while in use.
  { account: 'payments-cards',  until: 6, purpose: 'key-rotation',     used: 45 },
];

/** People and machines that left. */
// biome-ignore format: a table
const goneUsers: readonly (Gone & { readonly kind: 'person' | 'machine'; readonly name: string; readonly used: number })[] = [
  { account: 'web-shop',      until: 9, kind: 'person',  name: 'tom.becker',     used: 330 },
  { account: 'dev-payments',  until: 7, kind: 'machine', name: 'svc-batch-2023', used: 400 },
  { account: 'network',       until: 4, kind: 'person',  name: 'iris.chen',      used: 30 },
  { account: 'dev-web',       until: 1, kind: 'machine', name: 'svc-old-build',  used: 290 },
];

/** Users of consoles whose key, and they with it, was deleted: by service and days since the key was used. */
// biome-ignore format: a table
const gonePhantoms: readonly (Gone & { readonly name: string; readonly used: number | null })[] = [
  { account: 'web-shop',          until: 10, name: 'AeaApiKey-ws1d3f5h', used: null },
  { account: 'payments-ledger',   until: 6,  name: 'BedrockAPIKey-pl2k', used: 50 },
  { account: 'customer-portal',   until: 3,  name: 'AeaApiKey-cp4x6z8b', used: 24 },
  { account: 'ai-research',       until: 1,  name: 'BedrockAPIKey-rs9t', used: 40 },
];

const longAgo = 700;

/** Roles of an account that are there in a week and gone tonight. */
export const rolesOnlyIn = (account: string, week: number): RoleSpec[] =>
  goneRoles.filter(there(account, week)).map(({ purpose, used }) => ({
    name: `${purpose}-2023`,
    service: 'lambda.amazonaws.com',
    created: longAgo,
    used,
    ...roleGrants(idOf(account as AccountName), purpose),
  }));

/** Users of an account that are there in a week and gone tonight. */
export function usersOnlyIn(account: string, week: number): UserSpec[] {
  const id = idOf(account as AccountName);
  const people = goneUsers
    .filter(there(account, week))
    .map(
      ({ kind, name, used }): UserSpec =>
        kind === 'person'
          ? { name, created: longAgo, password: used, ...personGrants(id, name) }
          : { name, created: longAgo, keys: [used], ...machineGrants(id, name) },
    );
  const phantoms = gonePhantoms.filter(there(account, week)).map(({ name, used }): UserSpec => {
    const service = name.startsWith('Aea') ? 'aws-external-anthropic' : 'bedrock';
    return {
      name,
      created: longAgo,
      attached: phantomPolicies(name),
      credentials: [{ service: `${service}.amazonaws.com` }],
      uses: { [service]: used },
    };
  });
  return [...people, ...phantoms];
}

const there =
  (account: string, week: number) =>
  (gone: Gone): boolean =>
    gone.account === account && week >= gone.until && week > 0;
