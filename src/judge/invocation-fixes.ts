import { partitionOf } from '../cloudtrail/classes.ts';
import { quoted, quotedJson } from '../cloudtrail/shell.ts';
import type { ByRegion, InvocationLogging } from '../domain/account-settings.ts';
import { invocationKinds } from './invocation-logging.ts';

/** Model invocation logging as it could become, Region by Region, and the commands that make it so. */
export interface InvocationRepair {
  readonly regions: readonly string[];
  readonly steps: readonly string[];
  readonly after: ReadonlyMap<string, InvocationLogging>;
}

const everything = Object.fromEntries(invocationKinds.map((kind) => [`${kind}DataDeliveryEnabled`, true]));

/** Delivers every kind of content: where a destination is set that one is kept, elsewhere to a new bucket in each Region. `partition` undefined: that of the first Region. */
export function invocationRepair(
  home: { readonly account: string; readonly partition?: string | undefined },
  readings: ByRegion<InvocationLogging | null>,
  regions: readonly string[],
): InvocationRepair {
  const { account, partition = partitionOf(regions[0] ?? '') } = home;
  const settings = regions.map((region) => {
    const reading = readings[region];
    const known = reading?.kind === 'known' ? reading.value : null;
    const kept = known !== null && (known.bucket !== null || known.logGroup !== null) ? known : null;
    return { region, kept };
  });
  const off = settings.filter(({ kept }) => kept === null).map(({ region }) => region);
  const wider = settings.flatMap(({ region, kept }) =>
    kept === null ? [] : [putStep(quoted(region), quotedJson({ ...kept.configuration, ...everything }))],
  );
  const after = settings.map(({ region, kept }): [string, InvocationLogging] => [
    region,
    {
      ...(kept ?? { logGroup: null, bucket: bucketOf(account, region) }),
      delivered: [...invocationKinds],
      configuration: { ...kept?.configuration, ...everything },
    },
  ]);
  return {
    regions,
    steps: [...wider, ...(off.length > 0 ? [loopOver(account, partition, off)] : [])],
    after: new Map(after),
  };
}

const bucketOf = (account: string, region: string): string => `bedrock-model-calls-${account}-${region}`;

const putStep = (region: string, config: string): string =>
  `aws bedrock put-model-invocation-logging-configuration --region ${region} --logging-config ${config}`;

/** One loop for all Regions where it is off: a bucket of its own in each, which Bedrock may write to. */
function loopOver(account: string, partition: string, regions: readonly string[]): string {
  const policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'bedrock.amazonaws.com' },
        Action: 's3:PutObject',
        Resource: `arn:${partition}:s3:::BUCKET/AWSLogs/${account}/BedrockModelInvocationLogs/*`,
        Condition: {
          StringEquals: { 'aws:SourceAccount': account },
          ArnLike: { 'aws:SourceArn': `arn:${partition}:bedrock:REGION:${account}:*` },
        },
      },
    ],
  });
  const config = JSON.stringify({ s3Config: { bucketName: 'BUCKET' }, ...everything });
  return [
    `for region in ${regions.join(' ')}; do`,
    `  bucket=bedrock-model-calls-${account}-$region`,
    '  location="--create-bucket-configuration LocationConstraint=$region"',
    '  if [ "$region" = us-east-1 ]; then location=; fi',
    '  aws s3api create-bucket --region "$region" --bucket "$bucket" $location',
    `  aws s3api put-bucket-policy --region "$region" --bucket "$bucket" --policy ${filled(policy)}`,
    `  ${putStep('"$region"', filled(config))}`,
    'done',
  ].join('\n');
}

/** A quoted text with the loop's own values put in. */
const filled = (text: string): string =>
  quoted(text).replaceAll('BUCKET', `'"$bucket"'`).replaceAll('REGION', `'"$region"'`);
