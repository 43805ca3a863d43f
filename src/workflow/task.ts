import { attempt } from './attempt.ts';
import { messageOf, StateFailure } from './error.ts';
import { type Json, throughJson } from './json.ts';
import { withinLimit } from './limits.ts';
import { bounds, type TaskState } from './model.ts';
import type { Surroundings } from './surroundings.ts';
import { fill, fillNumber, fillText } from './template.ts';
import { type Step, scopeOf, type Visit } from './visit.ts';

/** Invokes the function through `lambda:invoke`. */
export async function runTask(state: TaskState, visit: Visit): Promise<Step> {
  return await attempt(state, visit, async (now) => {
    const scope = scopeOf(now);
    const functionName = await fillText(state.functionName, scope, 'FunctionName');
    const payload = state.payload === undefined ? {} : await fill(state.payload, scope);
    withinLimit({ FunctionName: functionName, Payload: payload }, 'the arguments');
    const seconds =
      state.timeoutSeconds && (await fillNumber(state.timeoutSeconds, scope, 'TimeoutSeconds', bounds.TimeoutSeconds));
    const answer = await inTime(invoke(now.execution.surroundings, functionName, payload), seconds, now);
    return { ExecutedVersion: '$LATEST', Payload: answer, StatusCode: 200 };
  });
}

// A Lambda function that returns nothing answers null; one that throws reports its error as JSON text.
async function invoke({ invoke }: Surroundings, functionName: string, payload: Json): Promise<Json> {
  try {
    const sent = throughJson(payload) as Json;
    return throughJson(await invoke(functionName, sent)) ?? null;
  } catch (thrown) {
    const errorType = thrown instanceof Error ? thrown.name : 'Error';
    throw new StateFailure(errorType, JSON.stringify({ errorType, errorMessage: messageOf(thrown) }));
  }
}

async function inTime(answer: Promise<Json>, seconds: number | undefined, { execution, path }: Visit): Promise<Json> {
  const timer = seconds === undefined ? undefined : execution.surroundings.timeout?.(seconds);
  if (timer === undefined) return await answer;
  const late = timer.expired.then(() => {
    throw new StateFailure('States.Timeout', `${path} ran longer than ${seconds} s`);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    timer.cancel();
  }
}
