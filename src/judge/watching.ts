import { type AiRecord, samplesOf } from './ai-samples.ts';
import type { Match, Matcher } from './metric-pattern.ts';

/** Names under which EventBridge is known to show a service; of the others nobody says whether it keeps the name of the event source. */
const knownSources: ReadonlySet<string> = new Set(['aws.bedrock', 'aws.bedrock-agentcore', 'aws.sagemaker']);

/**
 * Whether a pattern matches an everyday event of a class: a call that is known to belong to it; or any action of its service, if it does so
 * because of the service, and not because another service has an action of that name.
 */
export function watches(matcher: Matcher, eventClass: string, account: string, region: string): Match {
  const samples = samplesOf(eventClass, account, region);
  if (samples === null) return null;
  const verdicts = samples.known.map(matcher);
  if (verdicts.includes(true)) return true;
  const deliberate = samples.named.some(
    (record) => matcher(record) === true && matcher({ ...record, eventSource: 'zq7.amazonaws.com' }) === false,
  );
  return deliberate ? true : verdicts.includes(null) ? null : false;
}

/** The same for a rule of EventBridge, which sees the record inside an event; reads of management events only where the rule asks for all. */
export function watchedBy(
  pattern: { readonly matcher: Matcher; readonly withReads: boolean; readonly asksForSource: boolean },
  eventClass: string,
  account: string,
  region: string,
): Match {
  const matcher = (record: AiRecord): Match => {
    if (record['managementEvent'] === true && record['readOnly'] === true && !pattern.withReads) return false;
    const source = `aws.${String(record['eventSource']).replace('.amazonaws.com', '')}`;
    const matched = pattern.matcher(enveloped(record, source, account, region));
    return matched === true && pattern.asksForSource && !knownSources.has(source) ? null : matched;
  };
  return watches(matcher, eventClass, account, region);
}

const enveloped = (record: AiRecord, source: string, account: string, region: string) => ({
  version: '0',
  id: 'zq7',
  'detail-type': 'AWS API Call via CloudTrail',
  source,
  account,
  time: '2026-10-05T04:00:00Z',
  region,
  resources: [],
  detail: record,
});
