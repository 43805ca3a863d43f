import { aiCallNamed } from '../catalogue/ai-calls.ts';
import { isJsonObject, type JsonObject } from '../domain/json.ts';
import type { Cell } from './classes.ts';
import type { EventPoint } from './match.ts';

// CloudTrail records (CloudTrail user guide, record contents) as events that selectors see, and back.

/** One way in which an event may have happened: its fields, once for each resource it names. */
export interface Completion {
  readonly points: readonly EventPoint[];
}

/** An event that somebody asks about. */
export interface AskedEvent {
  readonly account: string | null;
  readonly region: string | null;
  /** All ways to fill in what the record leaves open; empty: no such event exists. */
  readonly completions: readonly Completion[];
  /** Fields that a record cut short does not tell, and that are not filled in. */
  readonly open: ReadonlySet<string>;
  /** Why there is no such event, or why much is left open. */
  readonly why: string | null;
}

const text = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'boolean' ? String(value) : null;

/** What is wrong with a record that nobody can answer about. */
export class RecordError extends Error {
  override readonly name = 'RecordError';
}

/** Reads a CloudTrail record, whole as delivered (it has an `eventVersion`) or cut short to what matters. */
export function askedEvent(record: unknown): AskedEvent {
  if (!isJsonObject(record)) throw new RecordError('not a CloudTrail record: an object with eventSource and eventName');
  const [source, name] = [text(record['eventSource']), text(record['eventName'])];
  if (source === null || name === null)
    throw new RecordError(`not a CloudTrail record: no ${source === null ? 'eventSource' : 'eventName'}`);
  if ('resources' in record && record['resources'] !== null && !Array.isArray(record['resources']))
    throw new RecordError('`resources` is not a list');
  const identity = record['userIdentity'];
  const whole = 'eventVersion' in record;
  const common: EventPoint = {
    eventSource: source,
    eventName: name,
    eventType: text(record['eventType']),
    'userIdentity.arn': isJsonObject(identity) ? text(identity['arn']) : null,
    sessionCredentialFromConsole: text(record['sessionCredentialFromConsole']),
    errorCode: text(record['errorCode']),
    vpcEndpointId: text(record['vpcEndpointId']),
  };
  const open = new Set<string>();
  if (!whole && !isJsonObject(identity)) open.add('userIdentity.arn');
  if (!whole && common['eventType'] === null) open.add('eventType');
  const resources = resourcesOf(record);
  if (!whole && !Array.isArray(record['resources'])) open.add('resources.ARN');
  if (hasPrefixAlone(record)) open.add('resources.ARN');
  const filled = completionsOf(record, common, resources);
  const isOpenType = (point: EventPoint): boolean => point['eventCategory'] === 'Data' && isUntyped(point);
  if (filled.completions.some(({ points }) => points.some(isOpenType))) open.add('resources.type');
  return {
    account: text(record['recipientAccountId']) ?? (isJsonObject(identity) ? text(identity['accountId']) : null),
    region: text(record['awsRegion']),
    open,
    ...filled,
  };
}

interface Resource {
  readonly type: string | null;
  readonly arn: string | null;
}

function resourcesOf({ resources }: JsonObject): Resource[] | null {
  if (!Array.isArray(resources) || resources.length === 0) return null;
  return resources
    .filter(isJsonObject)
    .map((it) => ({ type: text(it['type']), arn: text(it['ARN']) ?? text(it['arn']) }));
}

/** A resource told by the beginning of its ARN: of many objects, as when a bucket is emptied. */
const hasPrefixAlone = ({ resources }: JsonObject): boolean =>
  Array.isArray(resources) && resources.some((it) => isJsonObject(it) && 'ARNPrefix' in it && !('ARN' in it));

/** Categories that event selectors choose from. */
const selectable = ['Management', 'Data', 'NetworkActivity'];

function completionsOf(
  record: JsonObject,
  common: EventPoint,
  resources: Resource[] | null,
): Pick<AskedEvent, 'completions' | 'why'> {
  const call = aiCallNamed(common['eventSource'] ?? '', common['eventName'] ?? '');
  const given = categoryOf(record);
  if (given !== null && !selectable.includes(given))
    return { completions: [], why: `event selectors do not choose ${given} events` };
  if (given === null && call?.class === 'never')
    return {
      completions: [],
      why: `${call.name} is a permission; whether it leaves an event of its own is not published`,
    };
  const categories = given !== null ? [given] : call === undefined ? selectable.slice(0, 2) : classes[call.class];
  const reads = text(record['readOnly']) ?? (call?.readOnly === null ? null : call?.readOnly?.toString());
  const completions = categories.flatMap((category) =>
    (reads === null || reads === undefined ? ['true', 'false'] : [reads]).flatMap((readOnly) =>
      resourceSets(category, resources, call?.types ?? []).map((set) => ({
        points: set.map(({ type, arn }) => ({
          ...common,
          eventCategory: category,
          readOnly,
          'resources.type': type,
          'resources.ARN': arn,
        })),
      })),
    ),
  );
  const isOpen = given === null || (given === 'Data' && completions.some(({ points }) => points.some(isUntyped)));
  return { completions, why: call === undefined && isOpen ? unclassed(common['eventName'] ?? '') : null };
}

const isUntyped = (point: EventPoint): boolean => (point['resources.type'] ?? null) === null;
const unclassed = (name: string): string =>
  `the class that CloudTrail records ${name} in is in no published table that Assay knows: ask with eventCategory and resources, as a delivered record has them`;

const classes = { management: ['Management'], data: ['Data'], either: ['Management', 'Data'], never: [] } as const;

function categoryOf(record: JsonObject): string | null {
  const given = text(record['eventCategory']);
  if (given !== null) return given;
  if (typeof record['managementEvent'] !== 'boolean') return null;
  return record['managementEvent'] ? 'Management' : 'Data';
}

/** The resources an event has; where a data event does not name any, each type its call is known for is one possibility. */
function resourceSets(category: string, resources: Resource[] | null, types: readonly string[]): Resource[][] {
  if (resources !== null && (category !== 'Data' || resources.some(({ type }) => type !== null))) return [resources];
  if (category !== 'Data' || types.length === 0) return [[{ type: null, arn: null }]];
  return types.map((type) => [{ type, arn: resources?.[0]?.arn ?? null }]);
}

/** An event as a CloudTrail record, which `assay logging verify-event` takes. */
export function recordOf(event: EventPoint, { account, region }: Cell): Record<string, unknown> {
  const type = event['resources.type'] ?? null;
  const arn = event['resources.ARN'] ?? null;
  const said = (field: string): object => (typeof event[field] === 'string' ? { [field]: event[field] } : {});
  return {
    eventCategory: event['eventCategory'],
    eventSource: event['eventSource'],
    eventName: event['eventName'],
    ...(event['readOnly'] == null ? {} : { readOnly: event['readOnly'] === 'true' }),
    awsRegion: region,
    recipientAccountId: account,
    ...said('eventType'),
    userIdentity: event['userIdentity.arn'] == null ? {} : { arn: event['userIdentity.arn'] },
    resources:
      type === null && arn === null
        ? []
        : [{ ...(type === null ? {} : { type }), ...(arn === null ? {} : { ARN: arn }) }],
    ...said('sessionCredentialFromConsole'),
    ...said('errorCode'),
    ...said('vpcEndpointId'),
  };
}
