import { type AffectedVerdict, affectedVerdicts, type JudgedAffected } from '../judge/affected-verdict.ts';
import { firstOf, nameOf } from './guardrail-words.ts';

const heads: Readonly<Record<AffectedVerdict, string>> = {
  breaks: 'breaks: used in the window, and denied',
  'may-break': 'may break: the action or its service was used in the window, and only part of it is left',
  'not-measured': 'use not measured: nobody knows whether it was used',
  'on-purpose': 'closed on purpose: the action was used, what is denied of it is what the guardrail is for',
  harmless: 'harmless: denied, and such a request cannot come from there',
};

/** Whom SCPs on trial would stop, the worst first; that nobody breaks is said. */
export function affectedLines(affected: readonly JudgedAffected[]): string[] {
  const breaks = affected.some(({ verdict }) => verdict === 'breaks');
  return [
    '',
    'whom it would stop:',
    ...(breaks ? [] : ['  breaks: nobody']),
    ...affectedVerdicts.flatMap((verdict) => {
      const own = affected.filter((it) => it.verdict === verdict);
      return own.length === 0 ? [] : [`  ${heads[verdict]}`, ...blocksOf(own)];
    }),
  ];
}

function blocksOf(affected: readonly JudgedAffected[]): string[] {
  const alike = Map.groupBy(affected, ({ guardrail, policy, statement, why }) =>
    JSON.stringify([guardrail ?? `${policy}: ${statement}`, why]),
  );
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { guardrail, policy, statement, why } = first;
    const who = [...new Set(group.map(({ account, principal }) => `${account} ${nameOf(principal)}`))];
    const actions = [...new Set(group.flatMap((it) => it.actions))];
    return [
      `    ${guardrail ?? `${policy}: ${statement}`}: ${who.length} ${who.length === 1 ? 'principal' : 'principals'}, ${firstOf(actions, 3)}${why === null ? '' : `; ${why}`}`,
      `      ${firstOf(who, 8)}`,
    ];
  });
}
