import { type Draft, type Part, report } from './draft.ts';
import { knownFunctions } from './functions.ts';
import type { Machine, State } from './model.ts';

/** Reports a start, target or state that does not fit together; `names` are those of all states, loaded or refused. */
export function checkTransitions(part: Part, { startAt, states }: Machine, names: readonly string[]): void {
  if (startAt !== '' && !names.includes(startAt)) report(part, `no state \`${startAt}\``, 'StartAt');
  for (const [name, state] of states)
    for (const target of targetsOf(state))
      if (!names.includes(target)) report(part, `goes to \`${target}\`, which is no state`, `States.${name}`);
  // Where a refused state leads is not known, so what lies behind it says nothing.
  const reached = states.size === names.length ? reachable(startAt, states) : new Set(names);
  for (const name of names) if (!reached.has(name)) report(part, 'cannot be reached', `States.${name}`);
}

function reachable(startAt: string, states: Machine['states']): ReadonlySet<string> {
  const reached = new Set([startAt]);
  for (const name of reached) {
    const state = states.get(name);
    for (const target of state === undefined ? [] : targetsOf(state)) reached.add(target);
  }
  return reached;
}

function targetsOf(state: State): readonly string[] {
  const onward = 'next' in state && state.next !== undefined ? [state.next] : [];
  const caught = 'catch' in state ? state.catch.map((catcher) => catcher.next) : [];
  if (state.type !== 'Choice') return [...onward, ...caught];
  return [...state.rules.map((rule) => rule.next), ...(state.fallback === undefined ? [] : [state.fallback])];
}

/** Reports every variable or function that nothing in this execution provides. */
export function checkVariables({ expressions, assigned, problems }: Draft): void {
  // Such a name can only ever be undefined, and JSONata would drop it in silence.
  for (const { field, reads } of expressions)
    for (const name of reads)
      if (name !== 'states' && !assigned.has(name) && !knownFunctions.has(name))
        problems.push(
          `${field}: \`$${name}\` is neither a variable of this execution nor a function of Step Functions`,
        );
}

/** Problems for names used twice: ASL wants them unique within the whole definition, nested machines included. */
export function repeatedNames(machine: Machine): readonly string[] {
  const names = namesOf(machine);
  const repeated = names.filter((name, at) => names.indexOf(name) < at);
  return [...new Set(repeated)].map((name) => `States.${name}: a state name must be unique in the whole definition`);
}

function namesOf({ states }: Machine): readonly string[] {
  return [...states].flatMap(([name, state]) => [name, ...(state.type === 'Map' ? namesOf(state.processor) : [])]);
}
