import { type AccessLine, accessedBy } from './accessed.ts';
import { arnIn } from './answers/iam-views.ts';
import { type HeldPolicy, policiesHeld } from './held.ts';
import type {
  PolicyDocument,
  SimulatedAccount,
  SimulatedOrganization,
  SimulatedRole,
  SimulatedScp,
  SimulatedUser,
} from './organization.ts';

// What every identity of a simulated organisation holds and used, for whoever plants the truth of what it may do: by the documents, and
// as text to read. Nothing is decided here.

/** A policy of the organisation on the way from the root to the account, and where it is attached. */
export interface ChainPolicy {
  readonly target: string;
  readonly name: string;
  readonly document: PolicyDocument;
}

export interface GrantLine {
  readonly account: string;
  readonly kind: 'user' | 'role';
  readonly name: string;
  readonly arn: string;
  /** Days before the clock it was created. */
  readonly age: number;
  readonly policies: readonly HeldPolicy[];
  readonly boundary: HeldPolicy | null;
  /** From the root down; none for principals of the management account, which no such policy binds. */
  readonly scps: readonly ChainPolicy[];
  readonly rcps: readonly ChainPolicy[];
  /** `denied`: nobody may ask in this account; `failed`: AWS cannot make the report. */
  readonly report: readonly AccessLine[] | 'failed' | 'denied';
}

export function grantLines(organization: SimulatedOrganization): GrantLine[] {
  return organization.accounts.flatMap((account) => {
    const bound = account.id !== organization.management;
    const [scps, rcps] = bound
      ? [chain(organization, account, organization.scps), chain(organization, account, organization.rcps)]
      : [[], []];
    const denied = account.refuses['iam:GenerateServiceLastAccessedDetails'] !== undefined;
    const line = (kind: GrantLine['kind'], identity: SimulatedUser | SimulatedRole): GrantLine => ({
      account: account.name,
      kind,
      name: identity.name,
      arn: arnIn(account, kind, 'path' in identity ? identity.path : '/', identity.name),
      age: daysBefore(organization, identity.created),
      policies: policiesHeld(account, identity),
      boundary: boundaryOf(account, identity),
      scps,
      rcps,
      report: denied ? 'denied' : accessedBy(account, identity),
    });
    return [...account.users.map((user) => line('user', user)), ...account.roles.map((role) => line('role', role))];
  });
}

function chain(
  { root, units, management }: SimulatedOrganization,
  account: SimulatedAccount,
  policies: readonly SimulatedScp[],
): ChainPolicy[] {
  if (account.id === management) return [];
  const path: string[] = [account.id];
  for (let at = account.parent; at !== root; ) {
    path.unshift(at);
    at = units.find(({ id }) => id === at)?.parent ?? root;
  }
  return [root, ...path].flatMap((target) =>
    policies
      .filter(({ targets }) => targets.includes(target))
      .map(({ name, document }) => ({ target, name, document })),
  );
}

function boundaryOf(account: SimulatedAccount, { boundary }: SimulatedUser | SimulatedRole): HeldPolicy | null {
  if (boundary === null) return null;
  const policy = account.policies.find(({ arn }) => arn === boundary);
  if (policy === undefined) throw new TypeError(`no policy ${boundary} in ${account.name}`);
  return { through: 'boundary', name: policy.name, document: policy.document };
}

const daysBefore = ({ clock }: Pick<SimulatedOrganization, 'clock'>, moment: string): number =>
  Math.round(((Date.parse(clock) - Date.parse(moment)) / 86_400_000) * 10) / 10;

/** One row for each identity: tab-separated, the policies AWS attaches everywhere left out. */
export function grantTable(organization: SimulatedOrganization): string {
  const own = ({ name }: { readonly name: string }): boolean => !name.endsWith('FullAWSAccess');
  const head = ['account', 'kind', 'name', 'age', 'policies', 'boundary', 'scps', 'rcps', 'last accessed (days)'];
  const rows = grantLines(organization).map((line) => [
    line.account,
    line.kind,
    line.name,
    String(line.age),
    line.policies.map(({ through, name }) => `${through}:${name}`).join(' ') || '-',
    line.boundary?.name ?? '-',
    line.scps
      .filter(own)
      .map(({ name }) => name)
      .join(' ') || '-',
    line.rcps
      .filter(own)
      .map(({ name }) => name)
      .join(' ') || '-',
    typeof line.report === 'string'
      ? line.report
      : line.report.map((it) => accessText(organization, it)).join(' ') || '-',
  ]);
  return [head, ...rows].map((row) => `${row.join('\t')}\n`).join('');
}

/** `iam=8[CreateAccessKey=8]`: used 8 days ago, with the tracked actions that were; `s3=-`: listed, never used. */
function accessText(organization: SimulatedOrganization, { service, use }: AccessLine): string {
  if (use === null) return `${service.namespace}=-`;
  const actions = Object.entries(use.actions).map(([action, at]) => `${action}=${daysBefore(organization, at)}`);
  return `${service.namespace}=${daysBefore(organization, use.at)}${actions.length === 0 ? '' : `[${actions.join(' ')}]`}`;
}
