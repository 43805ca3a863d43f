import { z } from 'zod';
import type { Analyzer, ByRegion } from '../../domain/account-settings.ts';
import { isoDate } from '../../domain/iso-date.ts';
import { defineCollector, everyPage } from '../define.ts';
import { inEach, type Regions } from '../lists.ts';

const operation = 'accessanalyzer:ListAnalyzers';
const Page = z.object({
  analyzers: z.array(
    z.object({ arn: z.string(), type: z.string(), status: z.string(), createdAt: z.string().optional() }),
  ),
});

/** Analyzers of IAM Access Analyzer of every type, Region by Region; their findings are not read. */
export const accessAnalyzers = defineCollector<ByRegion<readonly Analyzer[]>, Regions>({
  id: 'access-analyzers',
  operations: [operation],
  async collect(aws, { regions }) {
    return inEach(aws, regions, operation, async (reader) => {
      const { value, at } = await everyPage(reader, operation, {}, Page);
      const analyzers = value.flatMap((page) => page.analyzers);
      return { value: analyzers.map(({ createdAt, ...it }) => ({ ...it, created: isoDate(createdAt) })), at };
    });
  },
});
