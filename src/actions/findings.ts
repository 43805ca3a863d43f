import type { ActionRow, Change } from '../domain/action-table.ts';
import { type FindingRow, severities } from '../domain/tables.ts';
import { bySetting, closedBy } from './of-controls.ts';

/** A change with the failing findings that it closes. */
export interface Closing {
  readonly change: Change;
  readonly findings: readonly FindingRow[];
}

/**
 * Puts each failing finding of an account with the changes that close it, and makes a change for those that none closes. What an exception
 * covers is lived with: nobody has to do anything about it.
 */
export function withFindings(changes: readonly Change[], findings: readonly FindingRow[]): Closing[] {
  const open = findings.filter(({ status, exception }) => status === 'fail' && exception === null);
  const closed = new Map<Change, FindingRow[]>(changes.map((change) => [change, []]));
  const byName = new Map<string, Change[]>();
  for (const change of changes)
    for (const name of change.closes) byName.set(name, [...(byName.get(name) ?? []), change]);
  const made = new Map<string, Change>();
  for (const row of open) {
    const named = [...(byName.get(row.resource) ?? []), ...(byName.get(`${row.control}/${row.resource}`) ?? [])];
    for (const change of named.length > 0 ? new Set(named) : [madeFor(row, made)]) {
      const own = closed.get(change) ?? [];
      closed.set(change, own);
      own.push(row);
    }
  }
  return [...closed].map(([change, own]) => ({ change, findings: own }));
}

/** The change that closes a finding by itself, with what the control says to do. */
function madeFor(row: FindingRow, made: Map<string, Change>): Change {
  const { kind, once, as = row.control } = closedBy[row.control] ?? bySetting;
  const key = {
    resource: `${kind}/${row.account}/${row.control}/${row.resource}`,
    account: `${kind}/${row.account}/${as}`,
    everywhere: `${kind}/${row.control}/${row.resource}`,
    organization: `${kind}/${row.control}`,
  }[once];
  const there = made.get(key);
  if (there !== undefined) return there;
  const change: Change = {
    key,
    account: once === 'organization' || once === 'everywhere' ? 'organization' : row.account,
    kind,
    what: whatOf(row, once === 'resource' || once === 'everywhere'),
    command: row.remedy?.command ?? null,
    policy: null,
    blast: {
      accounts: 1,
      identities: row.resourceType === 'user' || row.resourceType === 'identity' || row.resourceType === 'role' ? 1 : 0,
      used: null,
      words: 'whether somebody uses what it takes away is not measured: ask first',
    },
    effects: [],
    closes: [],
  };
  made.set(key, change);
  return change;
}

/** Said once: an ARN or id by its telling part. */
const whatOf = ({ remedy, control, resource, resourceType }: FindingRow, named: boolean): string => {
  const text = (remedy?.text ?? control).replace(/\.$/, '');
  return named ? `${resourceType} ${resource.slice(resource.lastIndexOf('/') + 1)}: ${text}` : text;
};

/** The worst severity of some findings. */
export const worstSeverity = (findings: readonly Pick<FindingRow, 'severity'>[]): ActionRow['severity'] =>
  severities.find((severity) => findings.some((row) => row.severity === severity)) ?? null;

/** How many findings a row names; table `findings` has all of them. */
const namedAtMost = 50;

/** A change as a row of its table. */
export const actionRowOf = ({ change, findings }: Closing, owner: string): ActionRow => {
  const { key, account, kind, what, command, policy, blast, effects } = change;
  return {
    id: key,
    ...{ account, kind, owner, what },
    command: command ?? findings.find(({ remedy }) => remedy?.command != null)?.remedy?.command ?? null,
    ...{ policy, blast },
    severity: worstSeverity(findings),
    findings: findings.slice(0, namedAtMost).map(({ id }) => id),
    effects: [...effects],
  };
};
