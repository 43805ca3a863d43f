import type { AdvancedSelector } from '../domain/facts.ts';
import { type Match, selectorMatches } from './match.ts';
import type { AskedEvent, Completion } from './record.ts';
import { appliesTo, type Recorder, selectorsIn } from './recorders.ts';
import { selectorName } from './words.ts';

/** What is there to record events of one account and Region. */
export interface Recording {
  readonly recorders: readonly Recorder[];
  /** Why another recorder could have stayed unseen; null = none could. */
  readonly hidden: string | null;
}

/** Whether an event would have been recorded, and by what. */
export interface EventAnswer {
  readonly verdict: 'recorded' | 'not-recorded' | 'not-measured';
  /** The recorders and selectors that take it, whatever the record leaves open. */
  readonly by: readonly { readonly recorder: string; readonly selector: string }[];
  readonly why: string | null;
}

/** Answers for one event in its Region. What a record leaves open must not matter, or the answer is `not-measured`. */
export function decideEvent(event: AskedEvent, region: string, { recorders, hidden }: Recording): EventAnswer {
  if (event.completions.length === 0) return { verdict: 'not-measured', by: [], why: event.why };
  const here = recorders.filter((recorder) => recorder.state !== 'stopped' && appliesTo(recorder, region));
  const each = event.completions.map((completion) => answerOne(completion, event, region, here, hidden));
  const [first] = each;
  const by = (first?.by ?? []).filter((hit) => each.every((it) => it.by.some((other) => isSame(hit, other))));
  if (each.every(({ verdict }) => verdict === 'recorded'))
    return { verdict: 'recorded', by: by.length > 0 ? by : (first?.by ?? []), why: null };
  if (each.every(({ verdict }) => verdict === 'not-recorded'))
    return { verdict: 'not-recorded', by: [], why: stoppedWords(recorders, event, region) };
  const told = each.find(({ verdict }) => verdict === 'not-measured')?.why;
  return {
    verdict: 'not-measured',
    by: [],
    why: told ?? event.why ?? 'it depends on what the record does not say: category, readOnly or resource type',
  };
}

const isSame = (a: EventAnswer['by'][number], b: EventAnswer['by'][number]): boolean =>
  a.recorder === b.recorder && a.selector === b.selector;

function answerOne(
  completion: Completion,
  { open, why }: AskedEvent,
  region: string,
  here: readonly Recorder[],
  hidden: string | null,
): EventAnswer {
  const by: EventAnswer['by'][number][] = [];
  let doubt: string | null = hidden === null ? null : `something that records it could be unseen: ${hidden}`;
  for (const recorder of here) {
    if (recorder.selectors === null) doubt ??= `${recorder.arn}: ${recorder.why}`;
    for (const [index, selector] of selectorsIn(recorder, region).entries()) {
      const match = takes(selector, completion, open);
      if (match === 'yes' && recorder.state === 'recording')
        by.push({ recorder: recorder.arn, selector: selectorName(selector, index) });
      else if (match !== 'no') doubt ??= doubtOf(recorder, selectorName(selector, index), match, why);
    }
  }
  if (by.length > 0) return { verdict: 'recorded', by, why: null };
  return { verdict: doubt === null ? 'not-recorded' : 'not-measured', by: [], why: doubt };
}

const doubtOf = ({ arn, why }: Recorder, selector: string, match: Match, open: string | null): string =>
  match === 'yes'
    ? `${arn} takes it (${selector}), but ${why}`
    : `${arn}, ${selector}: ${open ?? 'a field that the record does not tell, or a selector that cannot be read, decides'}`;

/**
 * Whether a selector takes an event with all its resources. Where resources of one type are taken in part, AWS does not say what
 * happens.
 */
export function takes(selector: AdvancedSelector, { points }: Completion, open: ReadonlySet<string>): Match {
  const matches = points.map((point) => ({
    type: point['resources.type'],
    match: selectorMatches(selector, point, open),
  }));
  const taken = matches.filter(({ match }) => match !== 'no');
  if (taken.length === 0) return 'no';
  const types = new Set(taken.map(({ type }) => type));
  const whole = matches.filter(({ type }) => types.has(type)).every(({ match }) => match === 'yes');
  return whole ? 'yes' : 'unknown';
}

/** Trails that would take the event and do not deliver: worth a word where nothing else records it. */
function stoppedWords(recorders: readonly Recorder[], event: AskedEvent, region: string): string | null {
  const stopped = recorders.filter((it) => it.state === 'stopped' && appliesTo(it, region));
  const would = stopped.find((recorder) =>
    selectorsIn(recorder, region).some((selector) =>
      event.completions.some((completion) => takes(selector, completion, event.open) === 'yes'),
    ),
  );
  return would === undefined ? null : `${would.arn} would take it, but ${would.why}`;
}
