import type { UserKeys } from '../domain/account-settings.ts';
import type { AccountFacts, CredentialReportRow } from '../domain/facts.ts';
import { ofUser } from '../domain/of-user.ts';
import type { KeyHolderRow } from '../domain/tables.ts';

export type OtherCredentials = KeyHolderRow['others'];

/** What a user holds beside service-specific credentials, each null where its source was not read. */
export function otherCredentials(
  user: string,
  { credentialReport, sshKeys, signingCertificates }: AccountFacts,
): OtherCredentials {
  const rows = credentialReport.kind === 'known' ? ofUser(credentialReport.value.users, user) : [];
  return {
    ...reported(rows),
    sshKeys: activeOf(sshKeys, user),
    certificates: activeOf(signingCertificates, user),
  };
}

/** A report that lacks the user, made before the user was, tells nothing. A user can have two rows: what one of them shows, is. */
function reported(
  rows: readonly CredentialReportRow[],
): Pick<OtherCredentials, 'password' | 'accessKeys' | 'accessKeysInactive'> {
  if (rows.length === 0) return { password: null, accessKeys: null, accessKeysInactive: null };
  const slots = [0, 1].map((slot) => rows.flatMap(({ accessKeys }) => accessKeys[slot] ?? []));
  const active = slots.filter((same) => same.some((key) => key.active)).length;
  const made = slots.filter((same) => same.some((key) => key.active || key.rotated !== null)).length;
  return {
    password: rows.some(({ passwordEnabled }) => passwordEnabled),
    accessKeys: active,
    accessKeysInactive: made - active,
  };
}

/** AWS's words for a key that opens nothing; one we do not know counts as active. */
const dead: ReadonlySet<string> = new Set(['Inactive', 'Expired']);

function activeOf(keys: UserKeys, user: string): number | null {
  const own = keys[user];
  return own?.kind === 'known' ? own.value.filter(({ status }) => !dead.has(status)).length : null;
}

/** Whether a user holds any of them: null where none was seen and not all was read. */
export function holdsOthers({
  password,
  accessKeys,
  accessKeysInactive,
  sshKeys,
  certificates,
}: OtherCredentials): boolean | null {
  const counts = [password === null ? null : Number(password), accessKeys, accessKeysInactive, sshKeys, certificates];
  if (counts.some((count) => count !== null && count > 0)) return true;
  return counts.includes(null) ? null : false;
}
