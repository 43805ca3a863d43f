import type { GuardrailRow, PracticeRow } from '../../domain/tables.ts';
import { guardrailWords } from '../guardrail-words.ts';
import { practiceStatus, practiceWords } from '../practice-words.ts';
import { wordsOf } from '../practices.ts';
import { fails, noStatus, passes, type StatusView, unknownStatus } from '../status.ts';

/** A practice on the page of an account. */
export interface AccountPractice {
  readonly title: string;
  readonly status: StatusView;
  readonly parts: readonly { readonly name: string; readonly status: StatusView; readonly evidence: string }[];
}

export const accountPractice = ({ practice, state, parts }: PracticeRow): AccountPractice => ({
  title: practiceWords[practice].title,
  status: practiceStatus[state],
  parts: parts.map((it) => ({
    name: wordsOf(it.part).name,
    status: practiceStatus[it.state],
    evidence: it.evidence,
  })),
});

/** A guardrail on the page of an account: its grade, what stops it, and a request that gets through. */
export interface AccountGuardrail {
  readonly id: string;
  readonly title: string;
  readonly status: StatusView;
  readonly by: string;
  readonly witness: string | null;
  readonly exempt: string | null;
}

const gradeStatus: Readonly<Record<GuardrailRow['grade'], StatusView>> = {
  enforced: passes('enforced'),
  'enforced-with-exceptions': passes('enforced with exceptions'),
  partial: fails('partial'),
  absent: fails('absent'),
  'not-applicable': noStatus('not applicable'),
  'not-measured': unknownStatus('not measured'),
};

export function accountGuardrail({ guardrail, grade, why, by, witness, exemptions }: GuardrailRow): AccountGuardrail {
  const exempted = exemptions.flatMap(({ key, values }) => (values.length === 0 ? [key] : values));
  return {
    id: guardrail,
    title: guardrailWords[guardrail]?.title ?? guardrail,
    status: gradeStatus[grade],
    by: why ?? (by.length === 0 ? '–' : by.join('; ')),
    witness: witness === null ? null : `${witness.action} on ${witness.resource} by ${witness.principal}`,
    exempt: exempted.length === 0 ? null : exempted.join(', '),
  };
}
