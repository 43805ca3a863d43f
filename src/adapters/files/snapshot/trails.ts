import { type AccountId, accountOfArn, isRegion } from '../../../domain/ids.ts';
import { InputError, type Where, within } from '../input-error.ts';
import { isObject, type JsonObject } from './json.ts';
import type { Placed } from './placed-line.ts';

/** Splits the trails of a DescribeTrails answer by their account and their home Region. */
export function splitTrails({ trailList }: JsonObject, where: Where): Placed[] {
  const places = new Map<string, Omit<Placed, 'output'> & { readonly output: { readonly trailList: unknown[] } }>();
  for (const [index, trail] of (trailList as unknown[]).entries()) {
    const { owner, region } = placeOf(trail, within(where, `trailList[${index}]`));
    const place = places.get(`${owner} ${region}`) ?? { owner, region, input: {}, output: { trailList: [] } };
    place.output.trailList.push(trail);
    places.set(`${owner} ${region}`, place);
  }
  if (places.size > 0) return [...places.values()];
  const remedy = 'lay it out as `<account>/<region>/cloudtrail.DescribeTrails.json`';
  throw new InputError('NOT_RECOGNISED', where, 'an empty list of trails does not say whose it is', remedy);
}

function placeOf(trail: unknown, where: Where): { readonly owner: AccountId; readonly region: string } {
  const { TrailARN: arn, HomeRegion: region } = isObject(trail) ? trail : {};
  const owner = typeof arn === 'string' ? accountOfArn(arn) : undefined;
  if (owner === undefined)
    throw new InputError('WRONG_SHAPE', where, 'no account id in a `TrailARN`', 'export the trails again');
  if (typeof region !== 'string' || !isRegion(region))
    throw new InputError('WRONG_SHAPE', where, 'no Region in `HomeRegion`', 'export the trails again');
  return { owner, region };
}

/** The selectors of a trail answer the question that names it. */
export function placedSelectors(output: JsonObject, where: Where): Placed[] {
  const { TrailARN: arn } = output;
  const owner = typeof arn === 'string' ? accountOfArn(arn) : undefined;
  const region = typeof arn === 'string' ? arn.split(':')[3] : undefined;
  if (owner === undefined || region === undefined || !isRegion(region))
    throw new InputError('WRONG_SHAPE', where, 'no account and Region in a `TrailARN`', 'export the selectors again');
  return [{ owner, region, input: { TrailName: arn }, output }];
}
