import { eventBridgeSourceOf } from '../catalogue/ai-resources.ts';
import { type AiRecord, samplesOf } from './ai-samples.ts';
import { fold, type Match, type Matcher } from './metric-pattern.ts';

/**
 * Whether a pattern matches an everyday event of a class: a call that is known to belong to it; or any action of its service, if it does so
 * because of the service, and not because another service has an action of that name.
 */
export function watches(matcher: Matcher, eventClass: string, account: string, region: string): Match {
  const samples = samplesOf(eventClass, account, region);
  if (samples === null) return null;
  const verdicts = samples.known.map(matcher);
  if (verdicts.includes(true)) return true;
  const deliberate = samples.named.map((record): Match => {
    const match = matcher(record);
    return match !== false && matcher({ ...record, eventSource: 'zq7.amazonaws.com' }) === false ? match : false;
  });
  return fold([...verdicts, ...deliberate], true);
}

/** A rule of EventBridge; `withReads`: it asks for reads of management events as well; `asksForSource`: for a certain `source`. */
export interface WatchingRule {
  readonly matcher: Matcher;
  readonly withReads: boolean;
  readonly asksForSource: boolean;
}

/** The same for rules of EventBridge that stand one behind the other, on a bus and on the next: they see the record inside one event. */
export function watchedBy(path: readonly WatchingRule[], eventClass: string, account: string, region: string): Match {
  const matcher = (record: AiRecord): Match => {
    const source = eventBridgeSourceOf(String(record['eventSource']));
    const event = enveloped(record, source.name, account, region);
    const isRead = record['managementEvent'] === true && record['readOnly'] === true;
    return fold(
      path.map((rule): Match => {
        if (isRead && !rule.withReads) return false;
        const matched = rule.matcher(event);
        return matched === true && rule.asksForSource && !source.known ? null : matched;
      }),
      false,
    );
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
