import { escalationSets } from '../catalogue/escalation.ts';
import { sensitiveClasses, sensitiveGrounds, sensitivePermissions } from '../catalogue/sensitive/index.ts';
import type { NightSummary } from '../domain/summary.ts';
import type { Basis } from '../domain/tables.ts';
import { type Found, findFigure, type ShareView, shareView } from './figures.ts';
import { plural } from './numbers.ts';

/** The two figures over sensitive permissions. */
export const identityRate = 'permission.unused-sensitive-identity-rate';
export const pairRate = 'permission.unused-sensitive-pair-rate';

/** What each basis means, in one sentence. */
export const basisWords: Readonly<Record<Basis, string>> = {
  effective: 'what boundaries, SCPs and RCPs leave of the identity and group policies',
  nominal: 'the identity and group policies alone, as written',
};

const permissions = new Map(sensitivePermissions.map((it) => [it.action, it]));
const titles = new Map<string, string>(sensitiveClasses.map(({ id, title }) => [id, title]));

/** The classes, in the order of the list. */
export const listedClasses: readonly string[] = sensitiveClasses.map(({ id }) => id);

/** The permissions of each class, in the order in which the list gives them. */
export const actionsByClass: ReadonlyMap<string, readonly string[]> = new Map(
  sensitiveClasses.map(({ id }) => [id, sensitiveGrounds.filter((it) => it.class === id).map(({ action }) => action)]),
);

/** A class by its title; one that this version does not know by its id. */
export const classTitle = (id: string): string => titles.get(id) ?? id;

export const classesOf = (action: string): readonly string[] => permissions.get(action)?.classes ?? [];

/** Why a permission is on the list; a night of an older list may name one that is not on it any more. */
export const reasonOf = (action: string): string => permissions.get(action)?.reason ?? 'no longer on the list';

/** `assay-sensitive version 1, 640 permissions`. */
export const listWords = ({ sensitive: { list, version, permissions: count } }: NightSummary): string =>
  `${list} version ${version}, ${plural(count, 'permission')}`;

/** Escalation sets that go the same way. */
export interface Way {
  readonly title: string;
  readonly path: string;
  readonly sets: readonly { readonly id: string; readonly needs: readonly string[] }[];
}

/** All ways to more rights that this version knows. */
export const allWays: readonly Way[] = waysOf(escalationSets.map(({ id }) => id));

/** Open escalation sets, each once, under the way they go. */
export function waysOf(ids: readonly string[]): Way[] {
  const open = new Set(ids);
  const known = escalationSets.filter(({ id }) => open.has(id));
  const strange = ids.filter((id) => !escalationSets.some((it) => it.id === id));
  const ways = [...Map.groupBy(known, ({ title, path }) => `${title}\n${path}`).values()].map((sets) => ({
    title: sets[0]?.title ?? '',
    path: sets[0]?.path ?? '',
    sets: sets.map(({ id, needs }) => ({ id, needs })),
  }));
  const path = 'This version of the list does not hold it any more.';
  return [...ways, ...strange.map((id) => ({ title: id, path, sets: [{ id, needs: [] }] }))];
}

/** Whether the nominal figure stands although nothing is known of the effective one: then the limits were not read. */
export const isOnPaperOnly = (summary: NightSummary, id: string): boolean =>
  findFigure(summary, id).state === 'not-measured' &&
  findFigure(summary, id, 'organization', 'nominal').state === 'known';

/** `51.7–88.8 %, 170 of 329`; a figure without a value in its own word. */
export function briefly(found: Found): string {
  if (found.state === 'known') return `${sharesText(shareView(found.metric))}${found.metric.open ? ', open' : ''}`;
  return found.state === 'not-measured' ? 'not measured' : 'nobody to count';
}

const sharesText = ({ value, count }: ShareView): string => `${value}, ${count}`;
