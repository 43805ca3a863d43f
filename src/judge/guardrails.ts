import type { PolicyChains } from '../domain/facts.ts';
import { explainGap } from '../domain/gap.ts';
import type { PlannedAccount } from '../domain/night.ts';
import type { GuardrailRow, IdentityRow } from '../domain/tables.ts';
import type { Guarded, Guardrail } from '../guardrails/define.ts';
import { faultsIn } from '../guardrails/diagnose.ts';
import type { Exemption } from '../guardrails/exemption.ts';
import { type Graded, gradeOf } from '../guardrails/grade.ts';
import * as guardrails from '../guardrails/index.ts';
import { isBroad } from '../guardrails/principal-patterns.ts';
import type { Fence } from '../guardrails/prove.ts';
import { matchesArnCondition } from '../iam/arn.ts';
import { statementName } from '../iam/policy.ts';
import { limitsOf } from './holders.ts';

export const allGuardrails = Object.values(guardrails) as readonly Guardrail[];

/** What the configuration says of guardrails; the defaults of design §4. */
export const guardrailSettings = {
  maxKeyAgeDays: 90,
  allowedAudiences: [] as readonly string[],
  approved: [] as readonly string[],
};

/**
 * Where each guardrail stands in one account: from the policies on its path alone, so that an account that could not be entered has
 * grades too. A policy that was not read makes every grade that the others do not already enforce `not-measured`.
 */
export function judgeGuardrails(
  shared: PolicyChains,
  planned: Pick<PlannedAccount, 'account' | 'ou'>,
  identities: readonly IdentityRow[],
): GuardrailRow[] {
  const { account } = planned;
  const limits = limitsOf(shared, planned);
  const management = shared.managementAccount.kind === 'known' ? shared.managementAccount.value : null;
  const organization = shared.organization.kind === 'known' ? shared.organization.value : null;
  const fence: Fence = { account, organization, scps: limits.scps, rcps: limits.rcps };
  const guarded: Guarded = { account, ...guardrailSettings };
  return allGuardrails.map((guardrail) => {
    const base = { id: `${account}/${guardrail.id}`, account, guardrail: guardrail.id };
    if (management === account)
      return { ...base, ...unproven('not-applicable', 'SCPs do not bind the management account') };
    const graded = gradeOf(guardrail, guarded, fence, guardrailSettings.approved);
    const [doubt] = limits.doubts;
    if (doubt !== undefined && graded.grade !== 'enforced')
      return { ...base, ...unproven('not-measured', explainGap(doubt.gap)) };
    return { ...base, ...provenRow(guardrail, guarded, fence, graded, identities) };
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
  { scps, account }: Fence,
  { grade, proofs, exemptions, witness }: Graded,
  identities: readonly IdentityRow[],
): Omit<GuardrailRow, 'id' | 'account' | 'guardrail'> {
  const by = proofs.flatMap((proof) =>
    proof.by.map(
      ({ policy, statement, level }) =>
        `${level === null ? '' : `level ${level === 0 ? 'root' : level + 1}, `}${policy}: ${statementName(statement)}`,
    ),
  );
  return {
    grade,
    why: null,
    probes: proofs.length,
    open: proofs.filter(({ state }) => state === 'open').length,
    by: [...new Set(by)],
    exemptions: exemptions.map((exemption) => exemptionRow(exemption, account, identities)),
    faults:
      grade === 'enforced'
        ? []
        : faultsIn(scps.flat(), guardrail.probes(guarded)).map(({ fault, policy, statement }) => ({
            fault,
            policy,
            statement,
          })),
    witness: witness as GuardrailRow['witness'],
  };
}

/** An exempted principal: does it exist here, is it broad, was it used. */
function exemptionRow(
  { key, values, wild }: Exemption,
  account: string,
  identities: readonly IdentityRow[],
): GuardrailRow['exemptions'][number] {
  if (key !== 'aws:principalarn') return { key, values: [...values], broad: true, existing: [], used: null };
  const matching = identities.filter(({ arn }) =>
    values.some((value) => (wild ? matchesArnCondition(value, arn) : value === arn)),
  );
  return {
    key,
    values: values.map((value) => value.replace(/^(arn:[^:]*:iam::)\*:/, `$1${account}:`)),
    broad: values.some(isBroad),
    existing: matching.slice(0, 20).map(({ arn }) => arn),
    used: matching.length === 0 ? null : matching.some(({ activity }) => activity === 'used'),
  };
}
