import type { PrincipalFacts } from '../domain/facts.ts';
import type { Guardrail } from '../guardrails/define.ts';
import { closingSidOf } from '../guardrails/statements.ts';
import type { Affected } from './breakage.ts';
import { mayHoldKey } from './closing-gaps.ts';

/**
 * `breaks`: it was used and nothing of it is left; `may-break`: it was used, or its service was, and part of it is left; `on-purpose`: what
 * is taken is what the guardrail is for, and the rest of the action stays; `harmless`: such a request the principal cannot make;
 * `not-measured`: nobody knows whether it was used.
 */
export const affectedVerdicts = ['breaks', 'may-break', 'not-measured', 'on-purpose', 'harmless'] as const;
export type AffectedVerdict = (typeof affectedVerdicts)[number];

export interface JudgedAffected extends Affected {
  /** The guardrail that the statement closes; null for an SCP that somebody else wrote. */
  readonly guardrail: string | null;
  readonly verdict: AffectedVerdict;
  readonly why: string | null;
}

/** Guardrails by the Sid of the statements that close them. */
export const bySid = (guardrails: readonly Guardrail[], settings: Parameters<Guardrail['closings']>[0]) =>
  new Map(guardrails.flatMap((guardrail) => guardrail.closings(settings).map(({ sid }) => [sid, guardrail] as const)));

/** What it means for a principal. `closed`: the guardrails whose own statements are on trial. */
export function judgeAffected(
  affected: Affected,
  closed: ReadonlyMap<string, Guardrail>,
  facts: Pick<PrincipalFacts, 'serviceCredentials'>,
  clock: string,
): JudgedAffected {
  const guardrail = closed.get(closingSidOf(affected.statement));
  const base = { ...affected, guardrail: guardrail?.id ?? null };
  const spares = guardrail?.spares;
  const holdsKey = affected.actions.some((action) =>
    mayHoldKey(affected.principal, action.slice(0, action.indexOf(':')), facts, clock),
  );
  if (spares?.who === 'key-holders' && !holdsKey) return { ...base, verdict: 'harmless', why: spares.others };
  if (affected.use === 'not-measured') return { ...base, verdict: 'not-measured', why: null };
  if (spares?.who === 'nobody') return { ...base, verdict: 'on-purpose', why: spares.why };
  const breaks = affected.use === 'used' && affected.effect === 'denied';
  return { ...base, verdict: breaks ? 'breaks' : 'may-break', why: null };
}
