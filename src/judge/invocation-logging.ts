import type { InvocationLogging } from '../domain/account-settings.ts';
import { explainGap } from '../domain/gap.ts';
import type { Reading } from '../domain/reading.ts';
import type { CellVerdict } from './coverage.ts';

/** Kinds of content that model invocation logging can deliver (domain facts B.4). */
export const invocationKinds = ['text', 'image', 'embedding', 'video', 'audio'] as const;

/** Whether the bodies of model calls on the Bedrock runtime are logged in a Region: everything, some kinds of content, or nothing. */
export function judgeInvocationLogging(reading: Reading<InvocationLogging | null> | undefined): CellVerdict {
  const verdict = (status: CellVerdict['status'], why: string | null, by: readonly string[] = []): CellVerdict => ({
    status,
    by,
    why,
    witness: null,
  });
  if (reading === undefined) return verdict('not-measured', 'its setting was not asked for');
  if (reading.kind === 'unknown') return verdict('not-measured', explainGap(reading.gap));
  const { value } = reading;
  if (value === null) return verdict('not-covered', 'it is off in this Region');
  const by = [
    ...(value.bucket === null ? [] : [`s3://${value.bucket}`]),
    ...(value.logGroup === null ? [] : [`log-group:${value.logGroup}`]),
  ];
  if (by.length === 0) return verdict('not-covered', 'it has no destination');
  const missing = invocationKinds.filter((kind) => !value.delivered.includes(kind));
  if (missing.length === invocationKinds.length) return verdict('not-covered', 'no kind of content is delivered');
  return missing.length === 0
    ? verdict('covered', null, by)
    : verdict('partial', `delivered without ${missing.join(', ')} data`, by);
}
