import { z } from 'zod';
import type { ByRegion, InvocationLogging } from '../../domain/account-settings.ts';
import { defineCollector, oneAnswer } from '../define.ts';
import { inEach, type Regions } from '../lists.ts';

const operation = 'bedrock:GetModelInvocationLoggingConfiguration';
const Bucket = z.looseObject({ bucketName: z.string() });
const Answer = z.object({
  loggingConfig: z
    .looseObject({
      cloudWatchConfig: z.looseObject({ logGroupName: z.string() }).optional(),
      s3Config: Bucket.optional(),
      textDataDeliveryEnabled: z.boolean().optional(),
      imageDataDeliveryEnabled: z.boolean().optional(),
      embeddingDataDeliveryEnabled: z.boolean().optional(),
      videoDataDeliveryEnabled: z.boolean().optional(),
      audioDataDeliveryEnabled: z.boolean().optional(),
    })
    .optional(),
});
type Config = NonNullable<z.infer<typeof Answer>['loggingConfig']>;

/** Where the bodies of model calls are logged, Region by Region. An answer without a configuration says that it is off. */
export const modelInvocationLogging = defineCollector<ByRegion<InvocationLogging | null>, Regions>({
  id: 'model-invocation-logging',
  operations: [operation],
  async collect(aws, { regions }) {
    return inEach(aws, regions, operation, async (reader) => {
      const { value, at } = await oneAnswer(reader, operation, {}, Answer);
      return { value: value.loggingConfig === undefined ? null : loggingOf(value.loggingConfig), at };
    });
  },
});

function loggingOf(config: Config): InvocationLogging {
  const kinds = ['text', 'image', 'embedding', 'video', 'audio'] as const;
  return {
    logGroup: config.cloudWatchConfig?.logGroupName ?? null,
    bucket: config.s3Config?.bucketName ?? null,
    delivered: kinds.filter((kind) => config[`${kind}DataDeliveryEnabled`] === true),
    configuration: config,
  };
}
