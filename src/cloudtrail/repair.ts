import type { AdvancedSelector } from '../domain/facts.ts';
import { accountOfArn } from '../domain/ids.ts';
import { partitionOf } from './classes.ts';
import { isReadable } from './match.ts';
import type { Recorder } from './recorders.ts';
import { selectorJson } from './selector-json.ts';
import { aws } from './shell.ts';

/** A trail or store as it could become, and the commands that make it so. What it records now it goes on recording. */
export interface Repair {
  /** Null = a trail that does not exist yet. */
  readonly target: string | null;
  /** The account whose credentials the commands need. */
  readonly runIn: string;
  readonly region: string;
  readonly steps: readonly string[];
  readonly after: Recorder;
}

/** Conditions that CloudTrail takes over all selectors of a trail (domain facts B.3). */
const mostConditions = 500;

export interface RepairPlace {
  readonly account: string;
  /** Null where the account stands alone, or nobody knows. */
  readonly managementAccount: string | null;
  readonly organization: string | null;
  /** Undefined = not known: then that of the Region. */
  readonly partition?: string | undefined;
  readonly regions: readonly string[];
}

/**
 * What could be repaired, the best first: the organisation's trail, an own one, a store, one that was stopped, one of a single Region; last
 * a new trail. Selectors that cannot be read cannot be kept, so their trail is left alone.
 */
export function repairable(recorders: readonly Recorder[], { account }: RepairPlace): Recorder[] {
  const usable = recorders.filter(
    ({ selectors, organization, arn, state, halt }) =>
      selectors?.every(isReadable) === true &&
      (organization || accountOfArn(arn) === account) &&
      (state === 'recording' || halt === 'not-logging'),
  );
  const rank = ({ state, kind, multiRegion, organization }: Recorder): number =>
    (state === 'recording' ? 0 : 8) + (multiRegion ? 0 : 4) + (kind === 'trail' ? 0 : 2) + (organization ? 0 : 1);
  return usable
    .filter(({ kind, multiRegion }) => kind === 'trail' || multiRegion)
    .toSorted((a, b) => rank(a) - rank(b));
}

/** Adds selectors to a trail or store, and makes it record every Region; null where CloudTrail would not take so many conditions. */
export function repaired(recorder: Recorder, added: readonly AdvancedSelector[]): Repair | null {
  const { arn, home, kind } = recorder;
  const selectors = [...(recorder.selectors ?? []), ...added];
  if (conditionsOf(selectors) > mostConditions) return null;
  const json = JSON.stringify(selectors.map(selectorJson));
  const here = ['--region', home];
  const widened = [
    ...(recorder.multiRegion ? [] : ['--is-multi-region-trail']),
    ...(recorder.globalEvents && recorder.multiRegion ? [] : ['--include-global-service-events']),
  ];
  const steps =
    kind === 'store'
      ? [
          aws(
            'cloudtrail',
            'update-event-data-store',
            ...here,
            '--event-data-store',
            arn,
            '--advanced-event-selectors',
            json,
          ),
        ]
      : [
          ...(widened.length > 0 ? [aws('cloudtrail', 'update-trail', ...here, '--name', arn, ...widened)] : []),
          ...(added.length > 0 ? [putSelectors(here, arn, json)] : []),
          ...(recorder.state === 'stopped' ? [aws('cloudtrail', 'start-logging', ...here, '--name', arn)] : []),
        ];
  return {
    target: arn,
    runIn: accountOfArn(arn) ?? '',
    region: home,
    steps,
    after: { ...recorder, selectors, multiRegion: true, globalEvents: true, state: 'recording', halt: null, why: null },
  };
}

const conditionsOf = (selectors: readonly AdvancedSelector[]): number =>
  selectors
    .flatMap(({ fields }) => fields)
    .flatMap(({ values }) => Object.values(values))
    .reduce((sum, list) => sum + list.length, 0);

const putSelectors = (here: readonly string[], arn: string, selectors: string): string =>
  aws('cloudtrail', 'put-event-selectors', ...here, '--trail-name', arn, '--advanced-event-selectors', selectors);

/** A trail that does not exist yet: the organisation's where there is one, with a bucket of its own. */
export function newTrail(added: readonly AdvancedSelector[], place: RepairPlace, taken: readonly string[]): Repair {
  const { account, managementAccount, organization, regions } = place;
  const wide = managementAccount !== null && organization !== null;
  const owner = wide ? managementAccount : account;
  const region = regions.includes('us-east-1') ? 'us-east-1' : (regions[0] ?? 'us-east-1');
  const partition = place.partition ?? partitionOf(region);
  const free = ['ai-audit', 'ai-audit-2', 'ai-audit-3'].find((it) => !taken.some((arn) => arn.endsWith(`/${it}`)));
  const name = free ?? 'ai-audit-assay';
  const arn = `arn:${partition}:cloudtrail:${region}:${owner}:trail/${name}`;
  const bucket = `${name}-${owner}-${region}`;
  const here = ['--region', region];
  const location = region === 'us-east-1' ? [] : ['--create-bucket-configuration', `LocationConstraint=${region}`];
  const policy = JSON.stringify(
    bucketPolicy({ partition, bucket, arn, owner, organization: wide ? organization : null }),
  );
  const steps = [
    aws('s3api', 'create-bucket', ...here, '--bucket', bucket, ...location),
    aws('s3api', 'put-bucket-policy', ...here, '--bucket', bucket, '--policy', policy),
    ...(wide
      ? [aws('organizations', 'enable-aws-service-access', '--service-principal', 'cloudtrail.amazonaws.com')]
      : []),
    aws(
      'cloudtrail',
      'create-trail',
      ...here,
      '--name',
      name,
      '--s3-bucket-name',
      bucket,
      '--is-multi-region-trail',
      '--include-global-service-events',
      '--enable-log-file-validation',
      ...(wide ? ['--is-organization-trail'] : []),
    ),
    putSelectors(here, arn, JSON.stringify(added.map(selectorJson))),
    aws('cloudtrail', 'start-logging', ...here, '--name', arn),
  ];
  const flags = { multiRegion: true, organization: wide, globalEvents: true };
  const after: Recorder = {
    arn,
    kind: 'trail',
    home: region,
    ...flags,
    selectors: added,
    state: 'recording',
    halt: null,
    why: null,
    lastDelivery: null,
  };
  return { target: null, runIn: owner, region, steps, after };
}

interface BucketFor {
  readonly partition: string;
  readonly bucket: string;
  readonly arn: string;
  readonly owner: string;
  readonly organization: string | null;
}

/** What CloudTrail needs of the bucket, for this trail alone (CloudTrail user guide, bucket policy). */
function bucketPolicy({ partition, bucket, arn, owner, organization }: BucketFor): object {
  const bucketArn = `arn:${partition}:s3:::${bucket}`;
  const folders = [owner, ...(organization === null ? [] : [organization])];
  const Principal = { Service: 'cloudtrail.amazonaws.com' };
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal,
        Action: 's3:GetBucketAcl',
        Resource: bucketArn,
        Condition: { StringEquals: { 'aws:SourceArn': arn } },
      },
      {
        Effect: 'Allow',
        Principal,
        Action: 's3:PutObject',
        Resource: folders.map((folder) => `${bucketArn}/AWSLogs/${folder}/*`),
        Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control', 'aws:SourceArn': arn } },
      },
    ],
  };
}
