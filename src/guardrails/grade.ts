import type { Guarded, Guardrail } from './define.ts';
import type { Exemption } from './exemption.ts';
import { proveAll } from './proofs.ts';
import type { Fence, Proof, WitnessRequest } from './prove.ts';

export const grades = [
  'enforced',
  'enforced-with-exceptions',
  'partial',
  'absent',
  'not-applicable',
  'not-measured',
] as const;
export type Grade = (typeof grades)[number];

/** Where a guardrail stands in an account, and the proof. */
export interface Graded {
  readonly grade: Extract<Grade, 'enforced' | 'enforced-with-exceptions' | 'partial' | 'absent'>;
  readonly proofs: readonly Proof[];
  /** Whom some probe lets through, each once. */
  readonly exemptions: readonly Exemption[];
  readonly witness: WitnessRequest | null;
}

/** Proves every probe of a guardrail in one account (design §4). `approved`: exempted principals that the configuration wants exempted. */
export function gradeOf(
  guardrail: Guardrail,
  guarded: Guarded,
  fence: Fence,
  approved: readonly string[] = [],
): Graded {
  const proofs = proveAll(guardrail.probes(guarded), fence);
  const exemptions = onceEach(proofs.flatMap((proof) => proof.exemptions)).filter((it) => !isApproved(it, approved));
  const open = proofs.filter(({ state }) => state === 'open');
  const excepted = proofs.find(({ state }) => state === 'excepted');
  const witness = (open.find((proof) => proof.witness !== null) ?? excepted)?.witness ?? null;
  // Whom only approved exemptions let through is no gap to show.
  if (open.length === 0 && exemptions.length === 0) return { grade: 'enforced', proofs, exemptions, witness: null };
  if (open.length === 0) return { grade: 'enforced-with-exceptions', proofs, exemptions, witness };
  const some = open.length < proofs.length || open.some(({ touched }) => touched);
  return { grade: some ? 'partial' : 'absent', proofs, exemptions, witness };
}

/** Whether all of an exemption's principals are ones that the configuration wants exempted. */
export const isApproved = ({ key, values }: Exemption, approved: readonly string[]): boolean =>
  key === 'aws:principalarn' && values.length > 0 && values.every((value) => approved.includes(value));

const onceEach = (exemptions: readonly Exemption[]): Exemption[] => [
  ...new Map(exemptions.map((it) => [JSON.stringify([it.key, it.values]), it])).values(),
];
