import { type AccountId, accountOfArn } from '../../../domain/ids.ts';
import { InputError, type Where, within } from '../input-error.ts';
import { isObject, type JsonObject } from './json.ts';

const principalLists = ['UserDetailList', 'GroupDetailList', 'RoleDetailList'] as const;
type ListName = (typeof principalLists)[number] | 'Policies';

/** An entry of the authorization details: its account is null for what AWS manages. */
interface Entry {
  readonly list: ListName;
  readonly place: string;
  readonly arn: string;
  readonly account: AccountId | null;
  readonly item: unknown;
}

/** Splits authorization details by the accounts of their principals; a list that is not there was not asked for and stays away. */
export function splitAuthorization(output: JsonObject, where: Where): Map<AccountId, JsonObject> {
  const entries = entriesOf(output, where);
  const accounts = new Set(principalsIn(entries).flatMap(({ account }) => account ?? []));
  if (accounts.size === 0)
    throw new InputError(
      'NOT_RECOGNISED',
      where,
      'no user, group or role says whose authorization details these are',
      'lay it out as `<account>/global/iam.GetAccountAuthorizationDetails.json`',
    );
  const present = [...principalLists, 'Policies' as const].filter((list) => Object.hasOwn(output, list));
  return new Map(
    [...accounts].map((account) => {
      const own = entries.filter((entry) => entry.account === account || entry.account === null);
      const listed = (list: ListName) => own.filter((entry) => entry.list === list).map(({ item }) => item);
      return [account, Object.fromEntries(present.map((list) => [list, listed(list)]))];
    }),
  );
}

/** All principals of a folder's answer must be of the folder's account: else two accounts were mixed up. */
export function checkAuthorization(output: JsonObject, where: Where, owner: AccountId): void {
  const stranger = principalsIn(entriesOf(output, where)).find(({ account }) => account !== owner);
  if (stranger === undefined) return;
  const problem = `\`${stranger.arn}\` is not of account ${owner}, whose folder this is`;
  throw new InputError(
    'WRONG_PLACE',
    within(where, stranger.place),
    problem,
    'move the file, or give it as a single file',
  );
}

const principalsIn = (entries: readonly Entry[]): Entry[] => entries.filter(({ list }) => list !== 'Policies');

function entriesOf(output: JsonObject, where: Where): Entry[] {
  const entries = [...principalLists, 'Policies' as const].flatMap((list) =>
    ((output[list] ?? []) as unknown[]).map((item, index) => entryOf(list, `${list}[${index}]`, item, where)),
  );
  refuseTwice(principalsIn(entries), where);
  return entries;
}

function entryOf(list: ListName, place: string, item: unknown, where: Where): Entry {
  const arn = isObject(item) ? item['Arn'] : undefined;
  if (typeof arn !== 'string') throw new InputError('WRONG_SHAPE', within(where, place), 'no `Arn`', 'export it again');
  const account = accountOfArn(arn) ?? null;
  const managed = list === 'Policies' && arn.split(':')[4] === 'aws';
  if (account === null && !managed)
    throw new InputError('WRONG_SHAPE', within(where, place), `no account id in \`${arn}\``, 'export it again');
  return { list, place, arn, account, item };
}

function refuseTwice(principals: readonly Entry[], where: Where): void {
  const places = new Map<string, string>();
  for (const { arn, place } of principals) {
    const first = places.get(arn);
    if (first !== undefined)
      throw new InputError('DUPLICATE', within(where, place), `\`${arn}\` is in ${first} already`, 'keep one of them');
    places.set(arn, place);
  }
}
