import { type AccountId, accountId, type Region } from '../../src/domain/ids.ts';
import type { Operation } from '../../src/ports/aws-calls.ts';
import type { AwsReaders, Input, Output } from '../../src/ports/aws-reader.ts';

export const global = (account: string) => ({ account: accountId(account), region: 'global' as const });
export const inRegion = (account: string, region: string) => ({
  account: accountId(account),
  region: region as Region,
});
export const organization = { account: 'organization' as const, region: 'global' as const };

/** All pages of a list. */
export async function pages<O extends Operation>(
  readers: AwsReaders,
  scope: { account: AccountId | 'organization'; region: Region | 'global' },
  operation: O,
  input: Input<O>,
): Promise<Output<O>[]> {
  const found: Output<O>[] = [];
  for await (const { output } of readers.for(scope).pages(operation, input)) found.push(output);
  return found;
}

/** The rows of an account's credential report by column, after as many polls as AWS wants. */
export async function credentialReport(readers: AwsReaders, account: string): Promise<Record<string, string>[]> {
  const reader = readers.for(global(account));
  while ((await reader.call('iam:GenerateCredentialReport', {})).output.State !== 'COMPLETE');
  const { output } = await reader.call('iam:GetCredentialReport', {});
  const [header = [], ...rows] = Buffer.from(output.Content ?? '', 'base64')
    .toString()
    .split('\n')
    .map((line) => line.split(','));
  return rows.map((cells) => Object.fromEntries(header.map((column, index) => [column, cells[index] ?? ''])));
}

/** Users, groups, roles and policies of an account, pages joined. */
export async function authorizationDetails(readers: AwsReaders, account: string) {
  const found = await pages(readers, global(account), 'iam:GetAccountAuthorizationDetails', {});
  return {
    users: found.flatMap((page) => page.UserDetailList ?? []),
    groups: found.flatMap((page) => page.GroupDetailList ?? []),
    roles: found.flatMap((page) => page.RoleDetailList ?? []),
    policies: found.flatMap((page) => page.Policies ?? []),
    pages: found.length,
  };
}
