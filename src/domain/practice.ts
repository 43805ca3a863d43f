/** The three things that must be so before AI services are opened to an organisation (domain facts C.4). */
export const practiceIds = [
  'workspace-administration',
  'no-long-term-ai-credentials',
  'ai-data-events-logged',
] as const;
export type PracticeId = (typeof practiceIds)[number];

/** What each is made of: guardrails by their id, live keys, and the cells of AI data events. */
export const practiceParts: Readonly<Record<PracticeId, readonly string[]>> = {
  'workspace-administration': ['ai-workspace-admin-allow-list', 'ai-workspace-data-allow-list'],
  'no-long-term-ai-credentials': ['live-ai-keys', 'no-ai-key-creation', 'no-long-term-ai-key-use'],
  'ai-data-events-logged': ['ai-data-events'],
};

/** The practice that a guardrail is part of; null where it is of none. */
export const practiceWith = (guardrail: string): PracticeId | null =>
  practiceIds.find((practice) => practiceParts[practice].includes(guardrail)) ?? null;

/**
 * Where a practice stands. `not-applicable`: no SCP binds the management account, so nothing there can be fenced. A practice is `in-place`
 * only where every part of it is known to be.
 */
export const practiceStates = ['in-place', 'partly', 'open', 'not-measured', 'not-applicable'] as const;
export type PracticeState = (typeof practiceStates)[number];

/** What is known of one part of a practice. */
export const partStates = ['in-place', 'partly', 'open', 'not-measured'] as const;
export type PartState = (typeof partStates)[number];

/**
 * One word for several. What is not measured is never counted as good, nor does it soften what is known: the word is the worst that the
 * known parts leave possible, so that losing one never makes it better than it was, but for "not measured" where nothing bad is left known.
 */
export function together(states: Iterable<PartState>): PartState {
  const found = new Set(states);
  if (found.has('partly') || (found.has('in-place') && found.has('open'))) return 'partly';
  if (found.has('open')) return 'open';
  return found.has('in-place') && !found.has('not-measured') ? 'in-place' : 'not-measured';
}
