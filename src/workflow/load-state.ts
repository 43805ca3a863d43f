import { checkFields, constantAt, objectAt, objectsAt, type Part, report, templateAt } from './draft.ts';
import { isObject } from './json.ts';
import { loadErrorHandling, loadOnward, loadShape, numberAt, requiredTextAt, textAt } from './load-fields.ts';
import { loadMap, mapFields } from './load-map.ts';
import type { ChoiceRule, ChoiceState, FailState, Machine, State, TaskState, WaitState } from './model.ts';

/** Loads the machine of an ItemProcessor; given as an argument because machines hold states and Map states hold machines. */
export type LoadProcessor = (part: Part) => Machine;

interface Kind {
  readonly allowed: readonly string[];
  readonly required: readonly string[];
  readonly load: (part: Part, name: string, loadProcessor: LoadProcessor) => State;
}

const shape = ['Assign', 'Output'];
const onward = ['Next', 'End'];

const taskFields = ['Resource', 'Arguments', 'TimeoutSeconds', 'Retry', 'Catch'];

/** Each supported state type: its fields beside Type, Comment and QueryLanguage, and its loader. */
const kinds: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['Task', { allowed: [...taskFields, ...shape, ...onward], required: ['Resource', 'Arguments'], load: loadTask }],
  ['Pass', { allowed: [...shape, ...onward], required: [], load: loadPass }],
  ['Choice', { allowed: ['Choices', 'Default', ...shape], required: ['Choices'], load: loadChoice }],
  ['Wait', { allowed: ['Seconds', 'Timestamp', ...shape, ...onward], required: [], load: loadWait }],
  ['Succeed', { allowed: ['Output'], required: [], load: loadSucceed }],
  ['Fail', { allowed: ['Error', 'Cause'], required: [], load: loadFail }],
  ['Map', { allowed: [...mapFields, ...shape, ...onward], required: ['ItemProcessor'], load: loadMap }],
]);

/** Loads one state, reporting whatever is wrong with it; undefined for a type that is not supported. */
export function loadState(part: Part, name: string, loadProcessor: LoadProcessor): State | undefined {
  const type = constantAt(part, 'Type');
  const kind = kinds.get(type);
  if (kind === undefined) {
    report(part, type === '' ? 'is required' : `\`${type}\` is not supported by the local runner`, 'Type');
    return undefined;
  }
  checkFields(part, ['Type', 'Comment', 'QueryLanguage', ...kind.allowed], kind.required);
  if ((part.fields['QueryLanguage'] ?? 'JSONata') !== 'JSONata') report(part, 'must be JSONata', 'QueryLanguage');
  return kind.load(part, name, loadProcessor);
}

function loadTask(part: Part): TaskState {
  if ('Resource' in part.fields && !/^arn:[a-z-]+:states:::lambda:invoke$/.test(constantAt(part, 'Resource')))
    report(part, 'only arn:<partition>:states:::lambda:invoke is supported by the local runner', 'Resource');
  const call = objectAt(part, 'Arguments');
  if (isObject(part.fields['Arguments'])) checkFields(call, ['FunctionName', 'Payload'], ['FunctionName']);
  return {
    type: 'Task',
    functionName: requiredTextAt(call, 'FunctionName'),
    payload: templateAt(call, 'Payload'),
    timeoutSeconds: numberAt(part, 'TimeoutSeconds'),
    ...loadErrorHandling(part),
    ...loadShape(part),
    ...loadOnward(part),
  };
}

function loadPass(part: Part): State {
  return { type: 'Pass', ...loadShape(part), ...loadOnward(part) };
}

function loadChoice(part: Part): ChoiceState {
  const rules = objectsAt(part, 'Choices');
  if ('Choices' in part.fields && rules.length === 0) report(part, 'must be a non-empty array', 'Choices');
  const fallback = part.fields['Default'] === undefined ? undefined : constantAt(part, 'Default');
  return { type: 'Choice', rules: rules.map(loadRule), fallback, ...loadShape(part) };
}

function loadRule(part: Part): ChoiceRule {
  checkFields(part, ['Condition', 'Next', 'Comment', ...shape], ['Condition', 'Next']);
  const condition = templateAt(part, 'Condition') ?? { kind: 'literal', value: false };
  const isBoolean = condition.kind === 'literal' && typeof condition.value === 'boolean';
  if (condition.kind !== 'expression' && !isBoolean) report(part, 'must be a boolean or JSONata', 'Condition');
  return { condition, next: constantAt(part, 'Next'), ...loadShape(part) };
}

function loadWait(part: Part): WaitState {
  const seconds = numberAt(part, 'Seconds');
  const timestamp = textAt(part, 'Timestamp');
  if ((seconds === undefined) === (timestamp === undefined))
    report(part, 'must have exactly one of Seconds and Timestamp');
  const until = seconds ? { seconds } : { timestamp: timestamp ?? { kind: 'literal' as const, value: '' } };
  return { type: 'Wait', until, ...loadShape(part), ...loadOnward(part) };
}

function loadSucceed(part: Part): State {
  return { type: 'Succeed', output: templateAt(part, 'Output') };
}

function loadFail(part: Part): FailState {
  return { type: 'Fail', error: textAt(part, 'Error'), cause: textAt(part, 'Cause') };
}
