import { countedKinds } from '../domain/identity.ts';
import type { Figure, IdentityRow } from '../domain/tables.ts';
import { countShare, type Items, type Metric } from './define.ts';

/** The figures of one account. A population that could not be enumerated is marked, never counted as empty. */
export function figuresOf(
  metrics: readonly Metric[],
  items: { readonly [Over in keyof Items]: readonly Items[Over][] },
  could: Readonly<Record<'users' | 'roles' | 'regions', boolean>>,
): Figure[] {
  return metrics.flatMap((metric): Figure[] => {
    const counted = items[metric.over] as readonly Items[keyof Items][];
    const place = metric.place as (item: Items[keyof Items]) => ReturnType<Metric['place']>;
    if (!metric.byKind) {
      const known = metric.needs.every((need) => could[need]);
      return [{ id: metric.id, kind: 'all', population: populationWord(known), ...countShare(counted.map(place)) }];
    }
    return countedKinds.map((kind) => ({
      id: metric.id,
      kind,
      population: populationWord(kind.includes('user') ? could.users : could.roles),
      ...countShare((counted as readonly IdentityRow[]).filter((item) => item.kind === kind).map(place)),
    }));
  });
}

const populationWord = (enumerated: boolean): Figure['population'] => (enumerated ? 'enumerated' : 'never-measured');
