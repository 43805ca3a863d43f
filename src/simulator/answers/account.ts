import type { RegionOptStatus } from '@aws-sdk/client-account';
import { defaultRegions, untrackedRegions } from '../../catalogue/regions.ts';
import type { Region } from '../../domain/ids.ts';
import type { SimulatedAccount } from '../organization.ts';
import { pageOf } from '../page.ts';
import type { Answering } from '../scope.ts';

/** Opt-in Regions that exist beside those an account enabled: some tracked ones and all untracked ones. */
const optInRegions = ['af-south-1', 'ap-east-1', 'eu-south-1', 'il-central-1', 'me-central-1', ...untrackedRegions];

const listRegions: Answering<'account:ListRegions'> = ({ account }, input) => {
  const wanted = input.RegionOptStatusContains;
  const regions = [...new Set([...defaultRegions, ...account.optIn, ...optInRegions])]
    .map((RegionName) => ({ RegionName, RegionOptStatus: statusOf(account, RegionName) }))
    .filter(({ RegionOptStatus }) => wanted === undefined || wanted.includes(RegionOptStatus))
    .sort((a, b) => (a.RegionName < b.RegionName ? -1 : 1));
  const { items, next } = pageOf(regions, {
    operation: 'account:ListRegions',
    token: input.NextToken,
    size: input.MaxResults,
    most: 10,
  });
  return { Regions: items, ...(next === undefined ? {} : { NextToken: next }) };
};

function statusOf(account: SimulatedAccount, name: string): RegionOptStatus {
  if ((defaultRegions as readonly string[]).includes(name)) return 'ENABLED_BY_DEFAULT';
  return account.optIn.includes(name as Region) ? 'ENABLED' : 'DISABLED';
}

export const accountAnswers = { 'account:ListRegions': listRegions };
