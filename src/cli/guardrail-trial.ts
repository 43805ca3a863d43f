import type { PrincipalFacts } from '../domain/facts.ts';
import { explainGap } from '../domain/gap.ts';
import type { GuardrailRow } from '../domain/tables.ts';
import type { Window } from '../domain/window.ts';
import type { Guardrail } from '../guardrails/define.ts';
import { type JudgedAffected, judgeAffected } from '../judge/affected-verdict.ts';
import { affectedIn, deniedBy } from '../judge/breakage.ts';
import { accountFence } from '../judge/fences.ts';
import { type Asked, type Beside, besideIn, gradeGuardrails } from '../judge/guardrails.ts';
import { judgeIdentities, type TaggedIdentity, withTags } from '../judge/identities.ts';
import type { FencedOrganization, PlacedAccount } from '../pipeline/fenced-accounts.ts';
import { fenceTrying, onPath, type Trial } from './scp-trial.ts';

/** Where guardrails stand in an organisation, and whom SCPs on trial would stop. */
export interface Trialled {
  readonly cells: readonly GuardrailRow[];
  /** As it is without the SCPs on trial. */
  readonly before: readonly GuardrailRow[];
  /** What comes near the guardrails; not counted. */
  readonly beside: readonly Beside[];
  /** Accounts whose users and roles were read. */
  readonly listed: ReadonlySet<string>;
  readonly affected: readonly JudgedAffected[];
  /** Accounts where whom it would stop is not known, and why. */
  readonly unlisted: readonly { readonly account: string; readonly why: string }[];
}

export interface TrialQuestion {
  readonly asked: Asked;
  readonly window: Window;
  readonly trials: readonly Trial[];
  /** The guardrails whose own statements are on trial, by Sid. */
  readonly closed: ReadonlyMap<string, Guardrail>;
}

/** Grades every account as it is and with the SCPs on trial, account by account. */
export async function trialled(organization: FencedOrganization, question: TrialQuestion): Promise<Trialled> {
  const { asked, window, trials, closed } = question;
  const denied = deniedBy(trials.map(({ policy }) => policy));
  const found = {
    cells: [] as GuardrailRow[],
    before: [] as GuardrailRow[],
    beside: [] as Beside[],
    listed: new Set<string>(),
    affected: [] as JudgedAffected[],
    unlisted: [] as { account: string; why: string }[],
  };
  for (const place of organization.accounts) {
    const { facts, identities } = await peopleIn(organization, place, window);
    found.before.push(...gradeGuardrails(accountFence(organization.shared, place), identities, asked));
    const around = fenceTrying(trials, organization, place);
    found.cells.push(...gradeGuardrails(around, identities, asked));
    found.beside.push(...besideIn(around, asked));
    noteLists(found, facts, around.bound);
    const trial = around.bound ? onPath(trials, place).map(({ policy }) => policy) : [];
    const { shared } = organization;
    for (const it of affectedIn(facts, identities, { shared, place, window, trial, denied }))
      found.affected.push(judgeAffected(it, closed, facts, window.clock));
  }
  return { ...found, unlisted: trials.length > 0 ? found.unlisted : [] };
}

/** The principals of one account, with what they did in the window. */
export async function peopleIn(
  organization: FencedOrganization,
  { account }: PlacedAccount,
  window: Window,
): Promise<{ readonly facts: PrincipalFacts; readonly identities: readonly TaggedIdentity[] }> {
  const facts = await organization.principalsIn(account);
  const identities = judgeIdentities(facts, window, { readerRoles: [], breakGlass: [] });
  return { facts, identities: withTags(identities, facts.authorization) };
}

function noteLists(
  { listed, unlisted }: { readonly listed: Set<string>; readonly unlisted: { account: string; why: string }[] },
  { account, authorization: { users, roles } }: PrincipalFacts,
  bound: boolean,
): void {
  const unread = [users, roles].find(({ kind }) => kind === 'unknown');
  if (unread === undefined) listed.add(account);
  else if (unread.kind === 'unknown' && bound) unlisted.push({ account, why: explainGap(unread.gap) });
}
