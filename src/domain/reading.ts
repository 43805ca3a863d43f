import type { Gap } from './gap.ts';

/** Where an unknown fact would have come from. */
export interface Place {
  readonly region: string;
  readonly operation: string;
}

/** A fact: known (with the moment of its call, null where nobody noted it), or unknown with the reason. Empty is known. */
export type Reading<T> =
  | { readonly kind: 'known'; readonly value: T; readonly at: string | null }
  | { readonly kind: 'unknown'; readonly gap: Gap; readonly place: Place };

export const known = <T>(value: T, at: string | null): Reading<T> => ({ kind: 'known', value, at });
export const unknown = (gap: Gap, place: Place): Reading<never> => ({ kind: 'unknown', gap, place });

/** What a list holds that was read; nothing of one that was not, which is told elsewhere. */
export const itemsOf = <T>(list: Reading<readonly T[]>): readonly T[] => (list.kind === 'known' ? list.value : []);

/** Every unknown inside a fact, however deep, equal ones once: what the gaps table lists. */
export function unknownsIn(fact: unknown): { gap: Gap; place: Place }[] {
  const found = new Map<string, { gap: Gap; place: Place }>();
  const seen = new Set<object>(); // thousands of facts may share one reason
  const visit = (node: unknown): void => {
    if (node === null || typeof node !== 'object') return;
    if (isUnknown(node)) {
      if (seen.has(node)) return;
      seen.add(node);
      found.set(JSON.stringify([node.gap, node.place]), { gap: node.gap, place: node.place });
      return;
    }
    for (const child of Object.values(node)) visit(child);
  };
  visit(fact);
  return [...found.values()];
}

/** The unknown ones of many readings whose known values hold no readings of their own, so that nobody need look inside. */
export const unreadAmong = <T>(readings: Readonly<Record<string, Reading<T>>>): Reading<T>[] =>
  Object.values(readings).filter(({ kind }) => kind === 'unknown');

function isUnknown(node: object): node is Extract<Reading<never>, { kind: 'unknown' }> {
  return 'kind' in node && node.kind === 'unknown' && 'gap' in node && 'place' in node;
}
