import { isGone, noSuchEntity } from '../collectors/lists.ts';
import type { AccountFacts } from '../domain/facts.ts';
import type { Reading } from '../domain/reading.ts';

type Read = Pick<AccountFacts, 'authorization' | 'credentialReport' | 'serviceCredentials' | 'lastAccessed'>;

/**
 * The facts without users and roles that were deleted while the account was read: AWS itself says that they are not there, when it is
 * asked for their last-accessed reports. They are nobody's power any more, and no gap.
 */
export function withoutGone(read: Read): Read {
  const { authorization, credentialReport, serviceCredentials, lastAccessed } = read;
  const gone = new Set(keysOf(lastAccessed, (report) => isGone(report, noSuchEntity)));
  if (gone.size === 0) return read;
  const users = new Set([...gone].flatMap((arn) => /:user\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1] ?? []));
  const stays = ({ arn }: { readonly arn: string }): boolean => !gone.has(arn);
  const report = credentialReport.kind === 'known' ? credentialReport.value : null;
  return {
    authorization: {
      ...authorization,
      users: listOf(authorization.users, stays),
      roles: listOf(authorization.roles, stays),
    },
    credentialReport:
      credentialReport.kind === 'unknown' || report === null
        ? credentialReport
        : { ...credentialReport, value: { ...report, users: report.users.filter(stays) } },
    serviceCredentials: {
      byService: Object.fromEntries(
        Object.entries(serviceCredentials.byService).map(([service, list]) => [
          service,
          listOf(list, ({ user }) => !users.has(user)),
        ]),
      ),
      byUser: withoutKeys(serviceCredentials.byUser, users),
    },
    lastAccessed: withoutKeys(lastAccessed, gone),
  };
}

const keysOf = <T>(record: Readonly<Record<string, T>>, wanted: (value: T) => boolean): string[] =>
  Object.keys(record).filter((key) => wanted(record[key] as T));

const listOf = <T>(list: Reading<readonly T[]>, stays: (item: T) => boolean): Reading<readonly T[]> =>
  list.kind === 'known' ? { ...list, value: list.value.filter(stays) } : list;

/** A record without inherited names: a user may be called `constructor`. */
function withoutKeys<T>(record: Readonly<Record<string, T>>, dropped: ReadonlySet<string>): Record<string, T> {
  const kept: Record<string, T> = Object.create(null);
  for (const [key, value] of Object.entries(record)) if (!dropped.has(key)) kept[key] = value;
  return kept;
}
