import { sensitiveClasses } from '../catalogue/sensitive/index.ts';
import { agentSubset, countedKinds } from '../domain/identity.ts';
import type { Share } from '../domain/share.ts';
import { type Basis, bases, type Figure } from '../domain/tables.ts';
import { countShare, type Items, type Metric, type Place } from './define.ts';
import { badSide, type Covers, isExcepted } from './exceptions.ts';

/** Which of an account's populations could be enumerated. */
type Could = Readonly<Partial<Record<'users' | 'roles' | 'regions' | 'chains', boolean>>>;
/** One cell of a figure: what it counts apart. */
type Cell = Pick<Figure, 'basis' | 'kind' | 'class'>;

/**
 * The figures of one account. A population that could not be enumerated is marked, never counted as empty. `covers`: what exceptions cover,
 * which is counted beside and changes nothing else.
 */
export function figuresOf(
  metrics: readonly Metric[],
  items: { readonly [Over in keyof Items]?: readonly Items[Over][] },
  could: Could,
  covers: Covers = () => false,
): Figure[] {
  return metrics.flatMap((metric) => {
    const counted: readonly Items[keyof Items][] = items[metric.over] ?? [];
    const place = metric.place as (item: Items[keyof Items]) => ReturnType<Metric['place']>;
    return cellsOf(metric).map((cell): Figure => {
      const placed = counted
        .filter((item) => belongs(item, cell))
        .map((item) => ({ item, place: within(cell, item, place(item)), weight: 'count' in item ? item.count : 1 }));
      const excepted = placed
        .filter((it) => it.place === badSide(metric.worse) && isExcepted(metric, it.item, covers))
        .reduce((sum, { weight }) => sum + weight, 0);
      const population = populationWord(metric, cell, could);
      return { id: metric.id, ...cell, population, ...countShare(placed), excepted };
    });
  });
}

/** A figure over some items as a whole: on effective permissions, whatever the kind or class. */
export function wholeShare(metric: Metric, items: { readonly [Over in keyof Items]?: readonly Items[Over][] }): Share {
  const counted: readonly Items[keyof Items][] = items[metric.over] ?? [];
  const place = metric.place as (item: Items[keyof Items]) => Place;
  const whole: Cell = { basis: 'effective', kind: 'all', class: null };
  const placed = counted.filter((item) => belongs(item, whole));
  return countShare(placed.map((item) => ({ place: place(item), weight: 'count' in item ? item.count : 1 })));
}

/** A figure that does not ask which policies count is `effective`. */
export const basesOf = ({ byBasis }: { readonly byBasis?: true | undefined }): readonly Basis[] =>
  byBasis === true ? bases : ['effective'];

/** The cells of a figure: kinds add up to the whole; the agent roles are some of them; classes overlap, and are counted over all kinds. */
export function cellsOf({ byKind, byBasis, byClass }: Metric): Cell[] {
  const kinds: readonly Cell['kind'][] = byKind ? [...countedKinds, agentSubset] : ['all'];
  return basesOf({ byBasis }).flatMap((basis) => [
    ...kinds.map((kind): Cell => ({ basis, kind, class: null })),
    ...(byClass === true ? sensitiveClasses.map(({ id }): Cell => ({ basis, kind: 'all', class: id })) : []),
  ]);
}

function belongs(item: Items[keyof Items], cell: Cell): boolean {
  if ('basis' in item && item.basis !== cell.basis) return false;
  if ('class' in item && item.class !== cell.class) return false;
  if (cell.kind === agentSubset) return 'agent' in item && item.agent !== 'no';
  return cell.kind === 'all' || ('kind' in item && item.kind === cell.kind);
}

/** Where it is not known whether a role is an agent's, the figure of agent roles does not know where to count it. */
const within = ({ kind }: Cell, item: Items[keyof Items], place: Place): Place =>
  kind === agentSubset && place !== 'apart' && 'agent' in item && item.agent === 'unread' ? 'unread' : place;

function populationWord({ needs, byKind }: Metric, { kind }: Cell, could: Could): Figure['population'] {
  const known =
    byKind && kind !== 'all'
      ? could[kind.includes('user') ? 'users' : 'roles'] === true
      : needs.every((need) => could[need] === true);
  return known ? 'enumerated' : 'never-measured';
}
