import type { WorkspaceRow } from '../domain/tables.ts';
import { day, integer, plural } from './numbers.ts';

const sources: Readonly<Record<WorkspaceRow['sources'][number], string>> = {
  'cloud-control': 'Cloud Control',
  event: 'recorded events',
  policy: 'a policy',
};

/** Where a workspace was seen; of events, when the newest was made. */
export const seenIn = ({ sources: from, lastEvent }: Pick<WorkspaceRow, 'sources' | 'lastEvent'>): string =>
  from
    .map((source) => sources[source] + (source === 'event' && lastEvent !== null ? ` to ${day(lastEvent)}` : ''))
    .join(', ');

/** How many identities reach a workspace; where none is known and not all were listed that is no zero. */
export function reachWords({ listed, allowed, conditional, unread }: WorkspaceRow['admins']): string {
  const known = allowed + conditional;
  if (!listed && known + unread === 0) return 'not measured: not all identities were listed';
  return [
    plural(known, 'identity', 'identities'),
    ...(unread > 0 ? [`${integer(unread)} not measured`] : []),
    ...(listed ? [] : ['not all were listed']),
  ].join(', ');
}
