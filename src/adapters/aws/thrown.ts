import { type AwsError, namedByStatus } from '../../catalogue/errors.ts';

/**
 * The name and text of what was thrown. Below HTTP the SDK throws Node's own errors, whose name says nothing and whose code all, perhaps as
 * the cause of another or several at once (one for each address tried); an answer that is no AWS error (a proxy's page) has its status alone.
 */
export function asAwsError(thrown: unknown): AwsError {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const { name, message } = error;
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
  return namedByStatus({ name: codeOf(error) ?? name, message }, status);
}

const errorsOfNode = new Set(['Error', 'AggregateError', 'TypeError', 'SyntaxError', 'RangeError']);

/** The code of Node's in an error of Node's, or in what it hides. */
function codeOf(error: Error): string | undefined {
  if (!errorsOfNode.has(error.name)) return undefined;
  const { code, cause, errors = [] } = error as { code?: unknown; cause?: unknown; errors?: readonly unknown[] };
  if (typeof code === 'string') return code;
  for (const hidden of [cause, ...errors]) {
    const found = hidden instanceof Error ? codeOf(hidden) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}
