import { z } from 'zod';
import { defaultRegions } from '../../catalogue/regions.ts';
import type { AccountFacts } from '../../domain/facts.ts';
import { Refusal } from '../../domain/gap.ts';
import { isRegion, type Region } from '../../domain/ids.ts';
import { defineCollector, everyPage, reading } from '../define.ts';

const Page = z.object({
  Regions: z.array(z.object({ RegionName: z.string(), RegionOptStatus: z.string() })),
});
const enabled = ['ENABLED', 'ENABLED_BY_DEFAULT'] as const;

/** The Regions an account can use; where the list was not read, those enabled by default, marked as assumed (design §3). */
export const enabledRegions = defineCollector<AccountFacts['regions']>({
  id: 'enabled-regions',
  operations: ['account:ListRegions'],
  async collect(aws) {
    const list = await reading('global', 'account:ListRegions', async () => {
      const input = { RegionOptStatusContains: [...enabled] };
      const { value, at, source } = await everyPage(aws.in('global'), 'account:ListRegions', input, Page);
      return { value: namesIn(value, source), at };
    });
    return list.kind === 'known'
      ? { regions: list.value, assumed: false, reading: list }
      : { regions: defaultRegions, assumed: true, reading: list };
  },
});

function namesIn(pages: readonly z.infer<typeof Page>[], file: string): Region[] {
  const names = pages
    .flatMap((page) => page.Regions)
    .filter(
      ({ RegionName, RegionOptStatus }) =>
        isRegion(RegionName) && (enabled as readonly string[]).includes(RegionOptStatus),
    )
    .map(({ RegionName }) => RegionName as Region)
    .sort();
  if (names.length > 0) return names;
  throw new Refusal({ code: 'UNPARSABLE', file, place: 'Regions', problem: 'no Region is enabled, which cannot be' });
}
