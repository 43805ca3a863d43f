import { sdkReaders, type WireSettings } from '../adapters/aws/sdk-readers.ts';
import type { CallSummary } from '../domain/calls.ts';
import { explainGap, Refusal, remedyOf } from '../domain/gap.ts';
import { accountId } from '../domain/ids.ts';
import type { AwsReaders } from '../ports/aws-reader.ts';
import { type Io, UsageError } from './io.ts';
import type { Source } from './night-command.ts';
import { type SelectionOptions, selectionOf } from './selection.ts';
import { preferSmallHeap } from './small-heap.ts';

/** What a person says about how to reach AWS and which accounts to look at. */
export interface LiveOptions extends SelectionOptions {
  readonly profile?: string;
  readonly region?: string;
  readonly orgRole: string;
  readonly externalId?: string;
  readonly maxRate?: number;
}

/** A night's answers from AWS itself, with today's credentials; who they belong to is asked first. */
export async function liveSource(options: LiveOptions, io: Io): Promise<Source> {
  preferSmallHeap();
  const wire: WireSettings = {
    homeRegion: options.region ?? io.env['AWS_REGION'] ?? io.env['AWS_DEFAULT_REGION'] ?? 'us-east-1',
    ...(options.profile === undefined ? {} : { profile: options.profile }),
    ...(options.externalId === undefined ? {} : { externalId: options.externalId }),
  };
  const own = await callerOf(sdkReaders(wire));
  const { readers, calls } = await limited(sdkReaders({ ...wire, own: own.account, attempts: 1 }), options);
  return {
    kind: 'aws',
    digest: null,
    readers,
    readerRole: options.orgRole,
    own,
    selection: selectionOf(options),
    calls,
  };
}

async function limited(
  readers: AwsReaders,
  options: LiveOptions,
): Promise<{ readers: AwsReaders; calls: () => CallSummary }> {
  const { limitedReaders } = await import('./limited-readers.ts');
  return limitedReaders(readers, options.maxRate);
}

/** The account and partition of today's credentials. Without any that work there is nothing to run: one clear line. */
async function callerOf(readers: AwsReaders): Promise<{ account: ReturnType<typeof accountId>; partition: string }> {
  try {
    const { output } = await readers
      .for({ account: 'organization', region: 'global' })
      .call('sts:GetCallerIdentity', {});
    const [, partition = 'aws'] = (output.Arn ?? '').split(':');
    return { account: accountId(output.Account ?? ''), partition };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const said = error.error?.message.split('\n')[0] ?? '';
    throw new UsageError(`run: ${explainGap(error.gap)}${said === '' ? '' : ` (${said})`}; ${remedyOf(error.gap)}`);
  }
}
