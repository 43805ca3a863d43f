import type { Region } from '../domain/ids.ts';

/** Regions that every account has without opting in (AWS General Reference). Used, and marked as assumed, where the list was not read. */
export const defaultRegions = [
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'eu-central-1',
  'eu-north-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
] as unknown as readonly Region[];

/** Regions where AWS tracks no last use (domain facts E.1): an identity active only there looks unused. */
export const untrackedRegions: ReadonlySet<string> = new Set([
  'ap-southeast-5',
  'ap-southeast-6',
  'ap-southeast-7',
  'ap-east-2',
  'ca-west-1',
  'mx-central-1',
]);
