import { type Exception, isExpired } from '../domain/exception.ts';
import type { FindingRow } from '../domain/tables.ts';
import { matchesWildcard } from '../iam/wildcard.ts';
import type { Covers } from '../metrics/exceptions.ts';

type Named = Pick<FindingRow, 'account' | 'control' | 'resource'>;

/** Whether an exception is about a finding, whatever its status and the night: every list that it gives names it (docs/exceptions.md). */
export const isAbout = ({ controls, accounts, resources }: Exception, { account, control, resource }: Named): boolean =>
  controls.includes(control) &&
  (accounts?.includes(account) ?? true) &&
  (resources?.some((pattern) => matchesWildcard(pattern, resource)) ?? true);

/** Whether a finding that was not measured may stand for one that it is about: `*` is whatever could not be listed. */
export function mayBeAbout(exception: Exception, row: Named): boolean {
  if (row.resource !== '*') return isAbout(exception, row);
  const { resources, ...anyResource } = exception;
  return isAbout(anyResource, row) && (resources?.some((pattern) => canLieIn(pattern, row.account)) ?? true);
}

/** An ARN that names another account cannot be of this one. */
function canLieIn(pattern: string, account: string): boolean {
  const [, owner] = /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(pattern) ?? [];
  return owner === undefined || owner === account;
}

/**
 * Findings with the exception that covers each one that fails at the clock. The status stays. Where several cover one, the one that holds
 * longest stands with it, of equal ones the first of the file.
 */
export function withExceptions(
  rows: readonly FindingRow[],
  exceptions: readonly Exception[],
  clock: string,
): FindingRow[] {
  const holding = exceptions.filter((exception) => !isExpired(exception, clock)).toSorted(longestFirst);
  const named = new Set(holding.flatMap(({ controls }) => controls));
  const covering = ({ status, ...row }: FindingRow): Exception | undefined =>
    status === 'fail' && named.has(row.control) ? holding.find((exception) => isAbout(exception, row)) : undefined;
  return rows.map((row) => ({ ...row, exception: covering(row)?.id ?? null }));
}

const longestFirst = (a: Exception, b: Exception): number =>
  a.expires < b.expires ? 1 : a.expires > b.expires ? -1 : 0;

/**
 * Whether exceptions cover all that some controls have against a resource of the account: something of it fails, every failing finding is
 * covered, and none was not measured, which could hide one that is not.
 */
export function coveredIn(findings: readonly FindingRow[]): Covers {
  if (findings.every(({ exception }) => exception === null)) return () => false;
  const told = new Map(findings.map((row) => [`${row.control} ${row.resource}`, row]));
  return (controls, resource) => {
    const own = controls.flatMap((control) => told.get(`${control} ${resource}`) ?? []);
    const bad = own.filter(({ status }) => status === 'fail' || status === 'not-measured');
    return bad.length > 0 && bad.every(({ exception }) => exception !== null);
  };
}
