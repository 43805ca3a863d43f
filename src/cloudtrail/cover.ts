import type { AdvancedSelector } from '../domain/facts.ts';
import { candidates, conditionsByField } from './candidates.ts';
import { type EventPoint, fieldMatches, isReadable, selectorMatches } from './match.ts';

/** A class of events: the fields that all of them share, and real values and whole events to look at first. */
export interface EventClass {
  readonly fields: Readonly<Record<string, string>>;
  readonly samples: Readonly<Record<string, readonly string[]>>;
  readonly events: readonly EventPoint[];
}

/** How much of an event class a set of selectors records. */
export interface Coverage {
  /** `unknown`: selectors that cannot be read may record what the others leave out. */
  readonly status: 'covered' | 'partial' | 'not-covered' | 'unknown';
  /** Indices of the selectors that record events of the class; where it is covered, those that do it together. */
  readonly by: readonly number[];
  /** An event of the class that no readable selector takes; null where it is covered. */
  readonly witness: EventPoint | null;
}

/** Beyond this many steps the answer is `unknown`; real selectors (at most 500 conditions) stay far below. */
const patience = 200_000;

/** Decides over all events of a class, not by looking for fields that narrow: selectors that together take everything cover. */
export function cover(selectors: readonly AdvancedSelector[], eventClass: EventClass): Coverage {
  const indexed = selectors.map((selector, index) => ({ selector, index }));
  const touching = indexed.filter(({ selector }) => canTake(selector, eventClass));
  const readable = touching.filter(({ selector }) => isReadable(selector));
  const by = readable.map(({ index }) => index);
  const whole = readable.filter(({ selector }) => selector.fields.every(({ field }) => field in eventClass.fields));
  if (whole.length > 0) return { status: 'covered', by: whole.map(({ index }) => index), witness: null };
  const uncovered = eventOutside(
    readable.map(({ selector }) => selector),
    eventClass,
  );
  if (uncovered === null) return { status: 'covered', by: enough(by, selectors, eventClass), witness: null };
  const unknown = uncovered === 'lost' || touching.length > readable.length;
  const status = unknown ? 'unknown' : by.length > 0 ? 'partial' : 'not-covered';
  return { status, by, witness: uncovered === 'lost' ? null : uncovered };
}

/** Beyond so many nobody would read which are needed. */
const mostTold = 20;

/** Of the selectors that cover together those that do so alone, else as few as leaving out one by one gives. */
function enough(by: readonly number[], selectors: readonly AdvancedSelector[], eventClass: EventClass): number[] {
  if (by.length > mostTold) return [...by];
  const covers = (some: readonly number[]): boolean =>
    eventOutside(
      some.flatMap((index) => selectors[index] ?? []),
      eventClass,
    ) === null;
  const alone = by.filter((index) => covers([index]));
  if (alone.length > 0) return alone;
  return by.reduce<number[]>(
    (kept, index) => {
      const without = kept.filter((it) => it !== index);
      return covers(without) ? without : kept;
    },
    [...by],
  );
}

/** Whether a selector may take any event of the class at all. */
function canTake(selector: AdvancedSelector, eventClass: EventClass): boolean {
  const fields = conditionsByField([selector]);
  return [...fields].every(([field, conditions]) =>
    valuesOf(field, [selector], eventClass).some((value) =>
      conditions.every((condition) => fieldMatches(condition, value) !== 'no'),
    ),
  );
}

/** The values to try for a field: the one the class fixes, or one for every way of meeting the conditions. */
function valuesOf(field: string, selectors: readonly AdvancedSelector[], { fields, samples }: EventClass) {
  const fixed = fields[field];
  if (fixed !== undefined) return [fixed];
  return candidates(field, conditionsByField(selectors).get(field) ?? [], samples[field] ?? []);
}

/** An event of the class that no selector takes: a real one if there is one, else found field by field; null = there is none. */
function eventOutside(selectors: readonly AdvancedSelector[], eventClass: EventClass): EventPoint | null | 'lost' {
  const real = eventClass.events.find((event) =>
    selectors.every((selector) => selectorMatches(selector, event) === 'no'),
  );
  if (real !== undefined) return real;
  return new Search(selectors, eventClass).outside();
}

/** Goes through the fields one by one, keeping the selectors that can still take the event. */
class Search {
  readonly #fields: readonly { readonly field: string; readonly values: readonly (string | null)[] }[];
  readonly #selectors: readonly AdvancedSelector[];
  readonly #eventClass: EventClass;
  /** Selectors left at a field that were found to take everything from there on. */
  readonly #closed = new Set<string>();
  #steps = 0;

  constructor(selectors: readonly AdvancedSelector[], eventClass: EventClass) {
    this.#selectors = selectors;
    this.#eventClass = eventClass;
    this.#fields = [...conditionsByField(selectors).keys()]
      .map((field) => ({ field, values: valuesOf(field, selectors, eventClass) }))
      .sort((a, b) => a.values.length - b.values.length);
  }

  outside(): EventPoint | null | 'lost' {
    const all = this.#selectors.map((_, index) => index);
    const found = this.#from(0, all, {});
    return found === null || found === 'lost' ? found : { ...this.#ordinary(), ...found };
  }

  #from(depth: number, alive: readonly number[], event: EventPoint): EventPoint | null | 'lost' {
    if (alive.length === 0) return event;
    const next = this.#fields[depth];
    if (next === undefined) return null;
    const key = `${depth}:${alive.join()}`;
    if (this.#closed.has(key)) return null;
    for (const value of next.values) {
      if (++this.#steps > patience) return 'lost';
      const left = alive.filter((index) => this.#takes(index, next.field, value));
      const found = this.#from(depth + 1, left, { ...event, [next.field]: value });
      if (found !== null) return found;
    }
    this.#closed.add(key);
    return null;
  }

  #takes(index: number, field: string, value: string | null): boolean {
    const own = this.#selectors[index]?.fields ?? [];
    return own.every((condition) => condition.field !== field || fieldMatches(condition, value) === 'yes');
  }

  /** The rest of the event: fields that no selector speaks of. */
  #ordinary(): EventPoint {
    const { fields, samples } = this.#eventClass;
    return {
      ...Object.fromEntries(Object.entries(samples).map(([field, [first]]) => [field, first ?? null])),
      ...fields,
    };
  }
}
