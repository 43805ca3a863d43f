import type { Insight } from '../../domain/account-settings.ts';
import { defineControl } from '../define.ts';
import { accountTrails } from '../populations.ts';
import { word } from '../shell.ts';
import { askedFor, fail, pass } from '../verdict.ts';

export const trailInsights = defineControl({
  id: 'trail-insights',
  version: 1,
  severity: 'low',
  title: 'Every trail watches for unusual activity',
  method: 'Each trail that the account owns and that is not the organisation’s, by its CloudTrail Insights.',
  frameworks: {
    'nist-800-53-r5': ['SI-4'],
    'iso-27001-2022': ['A.8.16'],
    'soc-2': ['CC7.2'],
  },
  operations: ['cloudtrail:DescribeTrails', 'cloudtrail:GetInsightSelectors'],
  over: accountTrails,

  needs: ({ arn }, { facts }) => ({
    insights:
      facts.trailSettings[arn]?.insights ?? askedFor<readonly Insight[]>({}, arn, 'cloudtrail:GetInsightSelectors'),
  }),
  judge: ({ insights }) =>
    insights.length === 0
      ? fail('no Insights are enabled')
      : pass('Insights are enabled', { types: insights.map(({ type }) => type) }),
  remedy: ({ arn }) => ({
    text: 'Enable Insights for call rates and errors',
    command: `aws cloudtrail put-insight-selectors --trail-name ${word(arn)} --insight-selectors InsightType=ApiCallRateInsight InsightType=ApiErrorRateInsight`,
  }),
});
