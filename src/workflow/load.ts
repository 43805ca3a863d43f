import { checkTransitions, checkVariables, repeatedNames } from './check.ts';
import { asPart, checkFields, constantAt, newDraft, objectAt, type Part, report } from './draft.ts';
import { messageOf, WorkflowError } from './error.ts';
import type { Json } from './json.ts';
import { loadState } from './load-state.ts';
import type { Machine, State, Workflow } from './model.ts';

export type { Workflow } from './model.ts';

/** Reads an `.asl.json` text; throws a `WorkflowError` that lists everything the local runner cannot run as AWS would. */
export function loadWorkflow(text: string, substitutions: Readonly<Record<string, string>>): Workflow {
  const definition = parse(substitute(text, substitutions));
  const problems: string[] = [];
  const part = asPart(definition, '', newDraft(problems));
  checkFields(part, ['Comment', 'QueryLanguage', 'Version', 'StartAt', 'States'], ['StartAt', 'States']);
  if (part.fields['QueryLanguage'] !== 'JSONata') report(part, 'must be JSONata', 'QueryLanguage');
  if ((part.fields['Version'] ?? '1.0') !== '1.0') report(part, 'must be 1.0', 'Version');
  const machine = loadMachine(part);
  problems.push(...repeatedNames(machine));
  if (problems.length > 0) throw new WorkflowError('DEFINITION', problems);
  return machine;
}

/** Fills in `${Name}`, as CloudFormation's DefinitionSubstitutions does: in the text, before it is parsed. */
function substitute(text: string, substitutions: Readonly<Record<string, string>>): string {
  const pattern = /\$\{([A-Za-z0-9_]+)\}/g;
  const names = new Set([...text.matchAll(pattern)].map((match) => match[1] as string));
  const unknown = [...names].filter((name) => !Object.hasOwn(substitutions, name));
  if (unknown.length > 0)
    throw new WorkflowError(
      'UNKNOWN_SUBSTITUTION',
      unknown.map((name) => `\`${name}\`: no such substitution`),
    );
  return text.replace(pattern, (_, name: string) => substitutions[name] as string);
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (thrown) {
    throw new WorkflowError('NOT_JSON', [`not JSON: ${messageOf(thrown)}`]);
  }
}

function loadMachine(part: Part): Machine {
  const states = new Map<string, State>();
  const all = objectAt(part, 'States');
  for (const name of Object.keys(all.fields)) {
    const own = objectAt(all, name);
    if (name.length > 80) report(own, 'a name has at most 80 characters');
    const state = loadState(own, name, loadProcessor);
    if (state !== undefined) states.set(name, state);
  }
  const machine = { startAt: constantAt(part, 'StartAt'), states };
  checkTransitions(part, machine, Object.keys(all.fields));
  checkVariables(part.draft);
  return machine;
}

// Children of a Distributed Map are executions of their own: a draft of their own keeps outer variables out of sight.
function loadProcessor(part: Part): Machine {
  checkFields(part, ['ProcessorConfig', 'StartAt', 'States', 'Comment'], ['ProcessorConfig', 'StartAt', 'States']);
  return loadMachine({ ...part, draft: newDraft(part.draft.problems) });
}
