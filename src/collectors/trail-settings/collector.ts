import { z } from 'zod';
import type { Aggregation, Insight, TrailSettings, TrailSettingsByArn } from '../../domain/account-settings.ts';
import type { TrailFact } from '../../domain/facts.ts';
import type { Region } from '../../domain/ids.ts';
import { type Collecting, defineCollector, oneAnswer, reading } from '../define.ts';
import { isGone, orNone } from '../lists.ts';

const insights = 'cloudtrail:GetInsightSelectors';
const events = 'cloudtrail:GetEventConfiguration';
const Selectors = z.object({
  InsightSelectors: z
    .array(z.object({ InsightType: z.string(), EventCategories: z.array(z.string()).optional() }))
    .optional(),
});
const Configuration = z.object({
  AggregationConfigurations: z
    .array(z.object({ EventCategory: z.string(), Templates: z.array(z.string()) }))
    .optional(),
});

/** Insights and roll-ups of trails, asked once per trail where it lives. Only the owner of a trail may ask. */
export const trailSettings = defineCollector<TrailSettingsByArn, { readonly trails: readonly TrailFact[] }>({
  id: 'trail-settings',
  operations: [insights, events],
  async collect(aws, { trails }) {
    const found: Record<string, TrailSettings> = {};
    for (const { arn, home } of trails) {
      const settings = found[arn] ?? (await settingsOf(aws, arn, home as Region));
      if (![settings.insights, settings.aggregations].some((it) => isGone(it, gone))) found[arn] = settings;
    }
    return found;
  },
});

/** The trail was deleted since it was described. */
const gone = ['TrailNotFoundException'];

async function settingsOf(aws: Collecting, TrailName: string, home: Region): Promise<TrailSettings> {
  const reader = aws.in(home);
  return {
    insights: await reading(home, insights, () =>
      orNone<readonly Insight[], readonly Insight[]>(['InsightNotEnabledException'], [], async () => {
        const { value, at } = await oneAnswer(reader, insights, { TrailName }, Selectors);
        const selectors = value.InsightSelectors ?? [];
        return {
          value: selectors.map((it) => ({ type: it.InsightType, categories: it.EventCategories ?? [] })),
          at,
        };
      }),
    ),
    aggregations: await reading(home, events, async () => {
      const { value, at } = await oneAnswer(reader, events, { TrailName }, Configuration);
      const configured = value.AggregationConfigurations ?? [];
      const aggregations: Aggregation[] = configured.map((it) => ({
        category: it.EventCategory,
        templates: it.Templates,
      }));
      return { value: aggregations, at };
    }),
  };
}
