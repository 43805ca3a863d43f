/** The words inside a cause as Lambda and the workflow wrap it: `{"errorType":…,"errorMessage":…}`, perhaps more than once. */
export function plainCause(cause: string): string {
  const start = cause.indexOf('{"errorType"');
  if (start === -1) return cause;
  try {
    const { errorType, errorMessage } = JSON.parse(cause.slice(start)) as { errorType?: string; errorMessage?: string };
    return `${errorType ?? 'Error'}: ${plainCause(errorMessage ?? '')}`;
  } catch {
    return cause;
  }
}
