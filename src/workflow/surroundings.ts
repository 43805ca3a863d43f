import type { Json } from './json.ts';

/** All the runner asks of the world. A run with virtual time gives a `sleep` that only advances its clock. */
export interface Surroundings {
  /** Answers a Task; whatever it throws becomes an error named as the thrown error, as Lambda reports it. */
  readonly invoke: (functionName: string, payload: Json) => Promise<Json>;
  /** The bytes of an object; undefined when there is none. */
  readonly readObject: (bucket: string, key: string) => Promise<Uint8Array | undefined>;
  readonly writeObject: (bucket: string, key: string, bytes: Uint8Array) => Promise<void>;
  readonly sleep: (seconds: number) => Promise<void>;
  readonly now: () => Date;
  /** From 0 (included) to 1: jitter, `$random`, `$uuid`, names of child executions. */
  readonly random: () => number;
  /**
   * Starts a timer whose `expired` resolves after so many seconds, unless cancelled before. It enforces `TimeoutSeconds`;
   * without it (virtual time, where a race with a timer means nothing) no Task times out.
   */
  readonly timeout?: (seconds: number) => { readonly expired: Promise<void>; readonly cancel: () => void };
  readonly onEvent?: (event: WorkflowEvent) => void;
}

/** Progress of an execution. A path is a state's name, in a child execution after its Map and index: `Measure[3].Collect`. */
export type WorkflowEvent =
  | { readonly kind: 'state-entered'; readonly path: string; readonly type: string }
  | { readonly kind: 'state-exited'; readonly path: string; readonly next: string | undefined }
  | {
      readonly kind: 'state-failed';
      readonly path: string;
      readonly error: string;
      readonly cause: string;
      /** The catcher's target; undefined when nothing caught it and the execution fails. */
      readonly next: string | undefined;
    }
  | {
      readonly kind: 'state-retried';
      readonly path: string;
      readonly error: string;
      readonly retry: number;
      readonly seconds: number;
    }
  | { readonly kind: 'state-waiting'; readonly path: string; readonly seconds: number }
  | { readonly kind: 'map-started'; readonly path: string; readonly items: number }
  | {
      readonly kind: 'item-finished';
      readonly path: string;
      readonly index: number;
      readonly status: Outcome['status'];
    };

/** How an execution ended. `state` is the path of the state that failed. */
export type Outcome =
  | { readonly status: 'SUCCEEDED'; readonly output: Json }
  | { readonly status: 'FAILED'; readonly error: string; readonly cause: string; readonly state: string };
