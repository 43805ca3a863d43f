import { aiCredentialServices } from '../catalogue/credential-services.ts';
import type { ServiceCredential, ServiceCredentials } from '../domain/facts.ts';
import { isPhantomName } from '../domain/identity.ts';
import type { AccountId } from '../domain/ids.ts';
import type { Reading } from '../domain/reading.ts';
import type { CredentialRow } from '../domain/tables.ts';
import { hasExpired } from '../domain/window.ts';

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
  const known = lists.flatMap((list) => (list.kind === 'known' ? list.value : []));
  return { kind: 'known', value: known.filter((credential) => credential.user === user), at: null };
}

/** Every credential that any listing showed, once, in the order of user, service and id. */
export function judgeCredentials(
  account: AccountId,
  { byService, byUser }: ServiceCredentials,
  clock: string,
): CredentialRow[] {
  const lists = [...Object.values(byService), ...Object.values(byUser)];
  const all = lists.flatMap((list) => (list.kind === 'known' ? list.value : []));
  const rows = new Map(all.map((credential) => [credential.id, rowOf(account, credential, clock)]));
  const order = (row: CredentialRow): string => `${row.user} ${row.service} ${row.credentialId}`;
  return [...rows.values()].sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

/** AWS's words for a credential that opens nothing. One we do not know counts as live: unknown is never a pass. */
const dead: ReadonlySet<string> = new Set(['Inactive', 'Expired']);

/** Opens something at the clock. */
export const isLive = ({ status, expires }: ServiceCredential, clock: string): boolean =>
  !dead.has(status) && !hasExpired(expires, clock);

function rowOf(account: AccountId, credential: ServiceCredential, clock: string): CredentialRow {
  const { user, service, id, status, created, expires } = credential;
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
    ai: aiCredentialServices.has(service),
    live: isLive(credential, clock),
  };
}

/** Whether a user holds a live AI key: `unread` only while no listing that was read shows one (design §3). */
export function holdsAiKey(
  user: string,
  credentials: ServiceCredentials,
  rows: readonly CredentialRow[],
): 'yes' | 'no' | 'unread' {
  if (rows.some((row) => row.user === user && row.ai && row.live)) return 'yes';
  const own = credentials.byUser[user];
  if (own?.kind === 'known') return 'no';
  const aiListsRead = [...aiCredentialServices].every((service) => credentials.byService[service]?.kind === 'known');
  return aiListsRead ? 'no' : 'unread';
}
