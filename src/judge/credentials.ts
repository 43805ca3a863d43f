import { aiCredentialServices, servicesOpenedBy } from '../catalogue/credential-services.ts';
import type { AccountFacts, LastAccessedReport, ServiceCredential, ServiceCredentials } from '../domain/facts.ts';
import { isPhantomName } from '../domain/identity.ts';
import { ofUser } from '../domain/of-user.ts';
import { itemsOf, type Reading } from '../domain/reading.ts';
import type { CredentialRow, KeyUse } from '../domain/tables.ts';
import { hasExpired, placeCreation, placeLastUse, type Window } from '../domain/window.ts';
import type { AccountFence } from './fences.ts';
import { keyUseOf } from './key-use.ts';
import { holdsOthers, otherCredentials } from './other-credentials.ts';

/** A user's service-specific credentials: from the user's own listing where that was read, else from every service's list of all users. */
export function credentialsOf(
  user: string,
  { byService, byUser }: ServiceCredentials,
): Reading<readonly ServiceCredential[]> {
  const own = byUser[user];
  if (own?.kind === 'known') return own;
  const lists = Object.values(byService);
  const unread = lists.find(({ kind }) => kind === 'unknown');
  if (unread !== undefined) return own ?? (unread as Reading<readonly ServiceCredential[]>);
  const known = lists.flatMap((list) => (list.kind === 'known' ? ofUser(list.value, user) : []));
  return { kind: 'known', value: known, at: null };
}

/** What judging credentials needs besides the facts. */
export interface CredentialRules {
  readonly window: Window;
  /** Around the same account. */
  readonly fence: AccountFence;
  /** ARNs of users by name. */
  readonly arns: ReadonlyMap<string, string>;
}

/** Every credential that any listing showed, once, in the order of user, service and id. */
export function judgeCredentials(facts: AccountFacts, rules: CredentialRules): CredentialRow[] {
  const { byService, byUser } = facts.serviceCredentials;
  const lists = [...Object.values(byService), ...Object.values(byUser)];
  const seen = lists.flatMap(itemsOf);
  const all = [...new Map(seen.map((credential) => [credential.id, credential])).values()];
  const held = Map.groupBy(all, ({ user }) => user);
  const useOf = usesIn(facts, rules);
  const rows = all.map((credential) =>
    rowOf(facts, credential, { ...rules, useOf, own: held.get(credential.user) ?? [] }),
  );
  const order = (row: CredentialRow): string => `${row.user} ${row.service} ${row.credentialId}`;
  return rows.sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

/** Whether the policies around the account deny the key of a user and a service, each asked once. */
function usesIn(
  { authorization: { users } }: AccountFacts,
  { fence, arns }: CredentialRules,
): (user: string, service: string) => KeyUse {
  const tags = new Map(users.kind === 'known' ? users.value.map((user) => [user.name, user.tags]) : []);
  const asked = new Map<string, KeyUse>();
  return (user, service) => {
    const key = `${user} ${service}`;
    const use =
      asked.get(key) ?? keyUseOf(service, { arn: arns.get(user) ?? null, tags: tags.get(user) ?? null }, fence);
    asked.set(key, use);
    return use;
  };
}

/** AWS's words for a credential that opens nothing. One we do not know counts as live: unknown is never a pass. */
const dead: ReadonlySet<string> = new Set(['Inactive', 'Expired']);

/** Opens something at the clock. */
export const isLive = ({ status, expires }: ServiceCredential, clock: string): boolean =>
  !dead.has(status) && !hasExpired(expires, clock);

interface Around extends CredentialRules {
  readonly useOf: (user: string, service: string) => KeyUse;
  /** All credentials of the user that were seen. */
  readonly own: readonly ServiceCredential[];
}

function rowOf(facts: AccountFacts, credential: ServiceCredential, around: Around): CredentialRow {
  const { account } = facts;
  const { user, service, id, status, created, expires } = credential;
  const { window } = around;
  const ai = aiCredentialServices.has(service);
  return {
    id: `${account}/${id}`,
    account,
    user,
    service,
    credentialId: id,
    status,
    created,
    expires,
    phantom: isPhantomName(user),
    ai,
    live: isLive(credential, window.clock),
    ageDays: ageOf(created, window),
    lastUse: { ...lastUseOf(credential, facts, around), sole: soleOf(credential, facts, around) },
    use: ai ? around.useOf(user, service) : null,
  };
}

const day = 86_400_000;

function ageOf(created: string | null, window: Window): number | null {
  if (created === null || placeCreation(created, window) === 'implausible') return null;
  return Math.floor((Date.parse(window.clock) - Date.parse(created)) / day);
}

/** The credential itself has no last use (domain facts B.1); its user has one for each service, attempts that were denied included. */
function lastUseOf(
  { user, service }: ServiceCredential,
  { lastAccessed }: AccountFacts,
  { window, arns }: Around,
): Pick<CredentialRow['lastUse'], 'state' | 'at'> {
  const arn = arns.get(user);
  const report: Reading<LastAccessedReport> | undefined = arn === undefined ? undefined : lastAccessed[arn];
  if (report?.kind !== 'known') return { state: 'not-measured', at: null };
  const opened = servicesOpenedBy(service);
  const dates = report.value.services.flatMap(({ namespace, lastAuthenticated }) =>
    opened.includes(namespace) && lastAuthenticated !== null ? [lastAuthenticated] : [],
  );
  const plausible = dates.filter((date) => placeLastUse(date, window, report.at) !== 'implausible').sort();
  const at = plausible.at(-1) ?? null;
  if (at !== null) return { state: 'used', at };
  return { state: dates.length === 0 ? 'none' : 'not-measured', at };
}

/** Whether the user holds no other credential that could have made the last use. */
function soleOf({ id, user }: ServiceCredential, facts: AccountFacts, { own }: Around): boolean | null {
  if (own.some((other) => other.id !== id)) return false;
  const others = holdsOthers(otherCredentials(user, facts));
  if (others !== false) return others === true ? false : null;
  return credentialsOf(user, facts.serviceCredentials).kind === 'known' ? true : null;
}

/** Whether a user holds a live AI key: `unread` only while no listing that was read shows one (design §3). */
export function holdsAiKey(
  user: string,
  credentials: ServiceCredentials,
  rows: readonly CredentialRow[],
): 'yes' | 'no' | 'unread' {
  if (ofUser(rows, user).some(({ ai, live }) => ai && live)) return 'yes';
  const own = credentials.byUser[user];
  if (own?.kind === 'known') return 'no';
  const aiListsRead = [...aiCredentialServices].every((service) => credentials.byService[service]?.kind === 'known');
  return aiListsRead ? 'no' : 'unread';
}
