import type { Bounds, Template } from './template.ts';

/** A loaded state machine: the whole definition, or the ItemProcessor of a Map. */
export interface Machine {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, State>;
}

/** A definition that passed every check and can be run. */
export type Workflow = Machine;

/** What a state leaves behind: new variables and its output. */
export interface Shape {
  readonly assign: Template | undefined;
  readonly output: Template | undefined;
}

/** Where the execution goes after a state; undefined ends it (`"End": true`). */
export interface Onward {
  readonly next: string | undefined;
}

/** One entry of `Retry`. */
export interface Retrier {
  readonly errorEquals: readonly string[];
  readonly intervalSeconds: number;
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds: number | undefined;
  readonly jitter: 'FULL' | 'NONE';
}

/** One entry of `Catch`. */
export interface Catcher extends Shape {
  readonly errorEquals: readonly string[];
  readonly next: string;
}

/** How Task and Map states treat errors. */
export interface ErrorHandling {
  readonly retry: readonly Retrier[];
  readonly catch: readonly Catcher[];
}

/** One entry of `Choices`. */
export interface ChoiceRule extends Shape {
  readonly condition: Template;
  readonly next: string;
}

/** Invokes a Lambda function. */
export interface TaskState extends Shape, Onward, ErrorHandling {
  readonly type: 'Task';
  readonly functionName: Template;
  readonly payload: Template | undefined;
  readonly timeoutSeconds: Template | undefined;
}

/** Shapes data. */
export interface PassState extends Shape, Onward {
  readonly type: 'Pass';
}

/** Branches. */
export interface ChoiceState extends Shape {
  readonly type: 'Choice';
  readonly rules: readonly ChoiceRule[];
  readonly fallback: string | undefined;
}

/** Waits. */
export interface WaitState extends Shape, Onward {
  readonly type: 'Wait';
  readonly until: { readonly seconds: Template } | { readonly timestamp: Template };
}

/** Ends well. */
export interface SucceedState {
  readonly type: 'Succeed';
  readonly output: Template | undefined;
}

/** Ends badly. */
export interface FailState {
  readonly type: 'Fail';
  readonly error: Template | undefined;
  readonly cause: Template | undefined;
}

/** Where a Map gets its items: an S3 object, an expression, or (undefined) its own input. */
export type ItemSource =
  | { readonly kind: 'items'; readonly items: Template | undefined }
  | {
      readonly kind: 'reader';
      readonly bucket: Template;
      readonly key: Template;
      readonly maxItems: Template | undefined;
    };

/** Where a Map exports its results. */
export interface ResultWriter {
  readonly bucket: Template;
  readonly prefix: Template | undefined;
}

/** Runs one child execution per item (Distributed Map). */
export interface MapState extends Shape, Onward, ErrorHandling {
  readonly type: 'Map';
  readonly label: string;
  readonly source: ItemSource;
  readonly itemSelector: Template | undefined;
  readonly maxConcurrency: Template | undefined;
  readonly toleratedFailureCount: Template | undefined;
  readonly toleratedFailurePercentage: Template | undefined;
  readonly resultWriter: ResultWriter | undefined;
  readonly processor: Machine;
}

/** Any state. */
export type State = TaskState | PassState | ChoiceState | WaitState | SucceedState | FailState | MapState;

/** What each number field may hold, literal or evaluated (AWS developer guide, the page of each state). */
export const bounds = {
  TimeoutSeconds: { min: 1, max: 99_999_999, whole: true },
  Seconds: { min: 0, max: 99_999_999, whole: true },
  MaxConcurrency: { min: 0, max: Number.MAX_SAFE_INTEGER, whole: true },
  MaxItems: { min: 1, max: 100_000_000, whole: true },
  ToleratedFailureCount: { min: 0, max: Number.MAX_SAFE_INTEGER, whole: true },
  ToleratedFailurePercentage: { min: 0, max: 100, whole: false },
  IntervalSeconds: { min: 1, max: 99_999_999, whole: true },
  MaxAttempts: { min: 0, max: 99_999_999, whole: true },
  BackoffRate: { min: 1, max: Number.MAX_VALUE, whole: false },
  MaxDelaySeconds: { min: 1, max: 31_622_399, whole: true },
} as const satisfies Readonly<Record<string, Bounds>>;
