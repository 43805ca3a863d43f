import type { Condition } from '../iam/condition.ts';
import { statementName } from '../iam/policy.ts';
import type { Reach } from '../iam/reach.ts';
import type { View } from '../iam/view.ts';
import type { ProvenReach } from '../iam/witness.ts';

/** A reach as JSON: verdict, why, what it depends on, and the request that shows it. */
export interface ReachJson {
  readonly verdict: string;
  readonly exact: boolean;
  readonly because: readonly object[];
  readonly conditions: readonly object[];
  readonly missing: readonly object[];
  readonly witness: object | null;
}

export const reachJson = (reach: ProvenReach): ReachJson => ({
  verdict: reach.verdict,
  exact: reach.exact,
  because: reach.because.map(({ layer, level, policy, statement }) => ({
    layer,
    ...(level === null ? {} : { level }),
    policy,
    statement: statementName(statement),
    effect: statement.effect,
  })),
  conditions: reach.conditions.map(({ effect, condition: { written, key, values } }) => ({
    effect,
    operator: written,
    key,
    values,
  })),
  missing: reach.missing.map(({ layer, level }) => (level === null ? { layer } : { layer, level })),
  witness: reach.witness,
});

const layerNames: Readonly<Record<View['layer'], string>> = {
  identity: 'its policies',
  boundary: 'its boundary',
  session: 'the session policy',
  resource: 'the policy of the resource',
  scp: 'SCP',
  rcp: 'RCP',
};

const layerName = (layer: View['layer'], level: number | null): string =>
  level === null ? layerNames[layer] : `${layerNames[layer]} level ${level === 0 ? 'root' : level + 1}`;

/** Why, in one line: the statements, and the conditions that decide. An SCP that merely lets through is not worth a word. */
export function whyOf(reach: Reach): string {
  if (reach.missing.length > 0)
    return `no Allow in ${reach.missing.map(({ layer, level }) => layerName(layer, level)).join(', ')}`;
  const named = reach.because.filter((view) => isTelling(view, reach)).map(statementText);
  const conditions = reach.conditions.map(
    ({ effect, condition }) => `${effect === 'Deny' ? 'unless' : 'if'} ${conditionText(condition)}`,
  );
  return [...first(named, 3), ...first(conditions, 2)].join('; ') || 'no Allow that can meet it';
}

const isTelling = ({ layer, statement }: View, { verdict }: Reach): boolean => {
  if (statement.effect === 'Deny') return true;
  if (verdict === 'conditional' && statement.conditions.length === 0) return layer === 'identity';
  return layer !== 'scp' && layer !== 'rcp';
};

const statementText = ({ layer, level, policy, statement }: View): string =>
  `${layer === 'identity' ? '' : `${layerName(layer, level)} `}${policy}: ${statementName(statement)}${statement.effect === 'Deny' ? ' (Deny)' : ''}`;

const first = (texts: readonly string[], most: number): string[] => {
  const different = [...new Set(texts)];
  return different.length > most ? [...different.slice(0, most), `${different.length - most} more`] : different;
};

const conditionText = ({ written, key, values }: Condition): string =>
  `${key} ${written} ${values.length > 2 ? `${values.slice(0, 2).join(' | ')} | …` : values.join(' | ')}`;
