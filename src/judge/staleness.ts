import { servicesOpenedBy } from '../catalogue/credential-services.ts';
import type { AccountFacts, CredentialReportRow, LastAccessedReport, ServiceCredential } from '../domain/facts.ts';
import { ofUser } from '../domain/of-user.ts';
import type { Reading } from '../domain/reading.ts';
import { placeCreation, placeLastUse, type Window } from '../domain/window.ts';
import { credentialsOf, isLive } from './credentials.ts';

/** What became of a user's credentials (design §3): `none` = the user holds none; `fresh` = every one was used, or is new. */
export type Staleness = 'none' | 'stale' | 'fresh' | 'unread' | 'untrackable';

/** A console password or an access key, as the credential report tells it. */
interface OwnCredential {
  readonly created: string | null;
  readonly lastUsed: string | null;
}

/** The worst that is known of a user's credentials: any stale one; else one not read; else one that AWS does not track. */
export const stalenessOf = (user: User, facts: AccountFacts, window: Window): Staleness =>
  worst(eachStaleness(user, facts, window));

/** The same once every stale credential is gone. */
export const stalenessWithoutStale = (user: User, facts: AccountFacts, window: Window): Staleness =>
  worst(eachStaleness(user, facts, window).filter((it) => it !== 'stale'));

interface User {
  readonly name: string;
  readonly arn: string;
}

function eachStaleness(user: User, facts: AccountFacts, window: Window): Staleness[] {
  const { credentialReport: report, serviceCredentials, lastAccessed } = facts;
  const rows = report.kind === 'known' ? ofUser(report.value.users, user.name) : [];
  const listed = credentialsOf(user.name, serviceCredentials);
  const own = ownCredentials(rows);
  const ofServices = listed.kind === 'known' ? listed.value.filter((it) => isLive(it, window.clock)) : [];
  const wholly = rows.length > 0 && listed.kind === 'known';
  const only = wholly && own.length + ofServices.length === 1;
  const askedAt = report.kind === 'known' ? report.at : null;
  return [
    ...own.map((credential) => ofOwn(credential, window, askedAt)),
    ...ofServices.map((credential) => ofService(credential, lastAccessed[user.arn], window, only)),
    ...(wholly ? [] : ['unread' as const]), // what was not listed may be stale
  ];
}

const worst = (each: readonly Staleness[]): Staleness => order.find((wanted) => each.includes(wanted)) ?? 'none';

const order: readonly Staleness[] = ['stale', 'unread', 'untrackable', 'fresh'];

/** A user can have two rows: the same credential counts once, by its latest dates. */
function ownCredentials(rows: readonly CredentialReportRow[]): OwnCredential[] {
  const passwords = rows.filter(({ passwordEnabled }) => passwordEnabled);
  const keys = [0, 1].map((slot) =>
    rows.flatMap(({ accessKeys }) => accessKeys[slot] ?? []).filter(({ active }) => active),
  );
  return [
    ...merged(
      passwords.map(({ passwordChanged, passwordLastUsed }) => ({
        created: passwordChanged,
        lastUsed: passwordLastUsed,
      })),
    ),
    ...keys.flatMap((found) => merged(found.map(({ rotated, lastUsed }) => ({ created: rotated, lastUsed })))),
  ];
}

function merged(same: readonly OwnCredential[]): OwnCredential[] {
  const latest = (dates: readonly (string | null)[]): string | null =>
    dates.reduce((best, date) => (best === null || (date !== null && date > best) ? date : best), null);
  if (same.length === 0) return [];
  return [
    { created: latest(same.map(({ created }) => created)), lastUsed: latest(same.map(({ lastUsed }) => lastUsed)) },
  ];
}

function ofOwn({ created, lastUsed }: OwnCredential, window: Window, askedAt: string | null): Staleness {
  if (lastUsed === null) return ofNeverUsed(created, window);
  return ({ inside: 'fresh', before: 'stale', implausible: 'unread' } as const)[
    placeLastUse(lastUsed, window, askedAt)
  ];
}

/** Never used: stale once it is older than the window. */
function ofNeverUsed(created: string | null, window: Window): Staleness {
  if (created === null) return 'unread';
  return ({ inside: 'fresh', before: 'stale', implausible: 'unread' } as const)[placeCreation(created, window)];
}

/** A service's credential goes by its user's last access to that service; who holds others as well may have used those. */
function ofService(
  { service, created }: ServiceCredential,
  report: Reading<LastAccessedReport> | undefined,
  window: Window,
  only: boolean,
): Staleness {
  if (report?.kind !== 'known') return 'unread';
  const opened = servicesOpenedBy(service);
  const uses = report.value.services.filter(({ namespace }) => opened.includes(namespace));
  const placed = uses.flatMap(({ lastAuthenticated }) =>
    lastAuthenticated === null ? [] : [placeLastUse(lastAuthenticated, window, report.at)],
  );
  if (placed.includes('inside')) return only ? 'fresh' : 'untrackable';
  return placed.includes('implausible') ? 'unread' : ofNeverUsed(created, window);
}
