import type { PolicyChains } from '../domain/facts.ts';
import { explainGap } from '../domain/gap.ts';
import { type GuardrailSettings, guardrailSettings } from '../domain/guardrail-settings.ts';
import type { PlannedAccount } from '../domain/night.ts';
import type { GuardrailRow } from '../domain/tables.ts';
import type { Guarded, Guardrail } from '../guardrails/define.ts';
import { faultsIn } from '../guardrails/diagnose.ts';
import type { Exemption } from '../guardrails/exemption.ts';
import type { Fence } from '../guardrails/fence.ts';
import { type Graded, gradeOf } from '../guardrails/grade.ts';
import * as guardrails from '../guardrails/index.ts';
import { isBroad } from '../guardrails/principal-patterns.ts';
import { proveAll } from '../guardrails/proofs.ts';
import { matchesArnCondition } from '../iam/arn.ts';
import { statementName } from '../iam/policy.ts';
import { matchesWildcard } from '../iam/wildcard.ts';
import { type AccountFence, accountFence } from './fences.ts';
import { isFree } from './free-names.ts';
import type { TaggedIdentity } from './identities.ts';

export const allGuardrails = Object.values(guardrails) as readonly Guardrail[];

/**
 * Where each guardrail stands in one account: from the policies on its path alone, so that an account that could not be entered has
 * grades too.
 */
export const judgeGuardrails = (
  shared: PolicyChains,
  planned: Pick<PlannedAccount, 'account' | 'ou'>,
  identities: readonly TaggedIdentity[],
  settings: GuardrailSettings = guardrailSettings,
): GuardrailRow[] =>
  gradeGuardrails(accountFence(shared, planned), identities, { guardrails: allGuardrails, settings });

/** Which guardrails are graded, and against what. */
export interface Asked {
  readonly guardrails: readonly Guardrail[];
  readonly settings: GuardrailSettings;
}

/** Grades some guardrails behind one account's fence. A policy that was not read makes every grade that the others do not already enforce `not-measured`. */
export function gradeGuardrails(
  { account, bound, fence, doubts, trying }: AccountFence,
  identities: readonly TaggedIdentity[],
  { guardrails: asked, settings }: Asked,
): GuardrailRow[] {
  const guarded: Guarded = { account, partition: fence.partition, ...settings };
  return asked.map((guardrail) => {
    const base = { id: `${account}/${guardrail.id}`, account, guardrail: guardrail.id };
    if (!bound) return { ...base, ...unproven('not-applicable', 'SCPs do not bind the management account') };
    const graded = gradeOf(guardrail, guarded, fence, settings.approved);
    const [doubt] = doubts;
    if (doubt !== undefined && graded.grade !== 'enforced')
      return { ...base, ...unproven('not-measured', explainGap(doubt.gap)) };
    return { ...base, ...provenRow(guardrail, guarded, { fence, trying }, graded, identities) };
  });
}

/** What comes near a guardrail in an account, and whether it is stopped: shown, not counted. */
export interface Beside {
  readonly account: string;
  readonly guardrail: string;
  readonly what: string;
  readonly action: string;
  readonly state: 'closed' | 'excepted' | 'open' | 'not-measured';
}

/** One for each action: of its requests, the one that is stopped least. */
export function besideIn(
  { account, bound, fence, doubts }: AccountFence,
  { guardrails: asked, settings }: Asked,
): Beside[] {
  if (!bound) return [];
  return asked.flatMap(({ id, beside }) => {
    if (beside === undefined) return [];
    const proofs = proveAll(beside.probes({ account, partition: fence.partition, ...settings }), fence, {
      witness: false,
    });
    return [...Map.groupBy(proofs, ({ probe }) => probe.action)].map(([action, own]): Beside => {
      const state = (['open', 'excepted'] as const).find((it) => own.some((proof) => proof.state === it)) ?? 'closed';
      const doubtful = doubts.length > 0 && state !== 'closed';
      return { account, guardrail: id, what: beside.what, action, state: doubtful ? 'not-measured' : state };
    });
  });
}

const unproven = (grade: 'not-applicable' | 'not-measured', why: string) => ({
  grade,
  why,
  probes: 0,
  open: 0,
  by: [],
  exemptions: [],
  faults: [],
  witness: null,
});

function provenRow(
  guardrail: Guardrail,
  guarded: Guarded,
  { fence, trying }: Pick<AccountFence, 'fence' | 'trying'>,
  { grade, proofs, exemptions, witness }: Graded,
  identities: readonly TaggedIdentity[],
): Omit<GuardrailRow, 'id' | 'account' | 'guardrail'> {
  const by = proofs.flatMap((proof) =>
    proof.by.map(
      ({ policy, statement, level }) =>
        `${level === null ? '' : `${level === trying ? 'on trial' : `level ${level === 0 ? 'root' : level + 1}`}, `}${policy}: ${statementName(statement)}`,
    ),
  );
  return {
    grade,
    why: null,
    probes: proofs.length,
    open: proofs.filter(({ state }) => state === 'open').length,
    by: [...new Set(by)],
    exemptions: exemptions.map((exemption) => exemptionRow(exemption, fence, identities)),
    faults:
      grade === 'enforced'
        ? []
        : faultsIn(fence.scps.flat(), guardrail.probes(guarded)).map(({ fault, policy, statement }) => ({
            fault,
            policy,
            statement,
          })),
    witness: witness as GuardrailRow['witness'],
  };
}

/** An exempted principal: does it exist here, may somebody become it, was it used. */
function exemptionRow(
  exemption: Exemption,
  fence: Fence,
  identities: readonly TaggedIdentity[],
): GuardrailRow['exemptions'][number] {
  const { key, values } = exemption;
  const matching = identities.filter((identity) => meetsExemption(exemption, identity));
  return {
    key,
    values: values.map((value) => value.replace(/^(arn:[^:]*:iam::)\*:/, `$1${fence.account}:`)),
    // Whoever may set a tag, or brings it with a session, is exempt by one.
    broad: key === 'aws:principalarn' || key === 'aws:username' ? values.some(isBroad) : true,
    existing: matching.slice(0, 20).map(({ arn }) => arn),
    free: isFree(exemption, fence, identities),
    used: matching.length === 0 ? null : matching.some(({ activity }) => activity === 'used'),
  };
}

/** Whether an identity is one that an exemption leaves out, by what it carries itself. */
function meetsExemption({ key, values, wild, anyCase }: Exemption, identity: TaggedIdentity): boolean {
  const own = ownValue(key, identity);
  if (own === undefined) return false;
  return (
    values.length === 0 ||
    values.some((value) => {
      if (wild) return matchesWildcard(value, own) || (key === 'aws:principalarn' && matchesArnCondition(value, own));
      return anyCase ? value.toLowerCase() === own.toLowerCase() : value === own;
    })
  );
}

const tagKey = 'aws:principaltag/';

/** What requests of an identity carry for a key that names principals; undefined = nothing, or it is not known. */
function ownValue(key: string, { arn, name, tags }: TaggedIdentity): string | undefined {
  if (key === 'aws:principalarn') return arn;
  if (key === 'aws:username') return arn.includes(':user/') ? name : undefined;
  if (!key.startsWith(tagKey)) return undefined;
  return Object.entries(tags ?? {}).find(([tag]) => tag.toLowerCase() === key.slice(tagKey.length))?.[1];
}
