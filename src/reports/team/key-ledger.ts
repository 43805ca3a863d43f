import type {
  AccountRow,
  CredentialRow,
  GuardrailRow,
  KeyHolderRow,
  KeyHolderState,
  KeyPowerRow,
} from '../../domain/tables.ts';
import type { AccountRows } from '../accounts.ts';
import { add, compare, type Top, top } from './top.ts';

/** A credential and what is known of its user. */
export interface KeyEntry {
  readonly row: CredentialRow;
  readonly holder: KeyHolderRow | null;
}

/** Live AI keys of one account: `notDenied` are those that no guardrail is proven to deny. */
export interface KeyAccount {
  readonly row: AccountRow;
  readonly live: number;
  readonly notDenied: number;
  /** Where the guardrail against their use stands in the account; null where it was not judged. */
  readonly grade: GuardrailRow['grade'] | null;
}

/** What the first page keeps of AI keys, their holders and who could make more. */
export interface KeyLedger {
  readonly keys: Top<KeyEntry>;
  readonly phantoms: Top<KeyHolderRow>;
  readonly powers: Top<KeyPowerRow>;
  readonly accounts: Top<KeyAccount>;
}

const kept = { keys: 120, phantoms: 80, powers: 40, accounts: 50 } as const;

export const newKeyLedger = (): KeyLedger => ({
  // live before dead, never expiring before expiring, oldest first
  keys: top(
    kept.keys,
    (a, b) =>
      urgency(a.row) - urgency(b.row) ||
      compare(a.row.created ?? '', b.row.created ?? '') ||
      compare(a.row.id, b.row.id),
  ),
  phantoms: top(kept.phantoms, (a, b) => rankOf(a) - rankOf(b) || compare(a.id, b.id)),
  powers: top(kept.powers, (a, b) => strength(b) - strength(a) || compare(a.id, b.id)),
  accounts: top(
    kept.accounts,
    (a, b) => b.notDenied - a.notDenied || b.live - a.live || compare(a.row.account, b.row.account),
  ),
});

const urgency = ({ live, expires }: CredentialRow): number => (live ? 0 : 2) + (expires === null ? 0 : 1);

/** Worst first; what was not read stands before what is known to be dead. */
const stateRank: Readonly<Record<KeyHolderState, number>> = {
  'live-key': 0,
  'not-measured': 1,
  'inactive-only': 2,
  'expired-only': 3,
  orphaned: 4,
};
const rankOf = ({ state, gained }: KeyHolderRow): number => stateRank[state] - (gained === 'yes' ? 10 : 0);

export const holds = (power: string): boolean => power === 'allowed' || power === 'conditional';

/** Who can make keys before who can only call, who can do more of it first. */
const strength = ({ make, call }: KeyPowerRow): number =>
  Object.values(make).filter(holds).length * 10 + Object.values(call).filter(holds).length;

export function enterKeys(
  ledger: KeyLedger,
  { row, credentials, keyHolders, keyPowers, guardrails }: AccountRows,
): void {
  const holders = new Map(keyHolders.map((holder) => [holder.user, holder]));
  for (const credential of credentials)
    if (credential.ai) add(ledger.keys, { row: credential, holder: holders.get(credential.user) ?? null });
  for (const holder of keyHolders) if (holder.phantom) add(ledger.phantoms, holder);
  for (const power of keyPowers) if (strength(power) > 0) add(ledger.powers, power);
  const live = credentials.filter((it) => it.ai && it.live);
  if (live.length === 0) return;
  const notDenied = live.filter(({ use }) => use !== 'denied').length;
  const grade = guardrails.find(({ guardrail }) => guardrail === 'no-long-term-ai-key-use')?.grade ?? null;
  add(ledger.accounts, { row, live: live.length, notDenied, grade });
}
