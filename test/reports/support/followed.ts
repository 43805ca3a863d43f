import type { Movement } from '../../../src/history/flow.ts';
import { trendOf } from '../../../src/history/trend.ts';
import { type TrendNight, trendNightOf } from '../../../src/history/trend-night.ts';
import type { ReportInput } from '../../../src/reports/input.ts';

const weeks = 12;
const many: Movement = {
  came: { counted: 12_345, numerator: 2_345 },
  gone: { counted: 11_111, numerator: 1_111 },
  better: 3_456,
  worse: 2_222,
  notKnown: 9_876,
};

/** A night as it would be reported after twelve earlier weeks, the first of them counted over another window, with much that moved. */
export function followed(input: ReportInput): ReportInput {
  const tonight = trendNightOf(input.summary) as TrendNight;
  const earlier = Array.from({ length: weeks }, (_, at): TrendNight => {
    const ago = weeks - at;
    const clock = new Date(Date.parse(tonight.clock) - ago * 7 * 86_400_000).toISOString();
    return {
      ...tonight,
      run: `${ago}`,
      clock,
      rules: { ...tonight.rules, window: ago > 9 ? 60 : tonight.rules.window },
    };
  });
  const followedIds = [
    'permission.unused-sensitive-identity-rate',
    'identity.unused-rate',
    'credential.ai-key-user-rate',
    'logging.ai-data-event-coverage',
  ];
  return {
    ...input,
    history: { trend: trendOf([...earlier, tonight]), movements: new Map(followedIds.map((id) => [id, many])) },
  };
}
