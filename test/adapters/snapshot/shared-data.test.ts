import { openSnapshot } from '../../../src/adapters/files/snapshot/open.ts';
import { describeWithSharedData, sharedData } from '../../support/shared-data.ts';
import { answerOf, faultOf } from './folder.ts';

interface Details {
  readonly output: Readonly<Record<string, readonly { readonly Arn: string }[]>>;
}

describeWithSharedData('snapshots of real files', () => {
  const counts = async (file: string, account: string) => {
    const { readers } = await openSnapshot(sharedData(file));
    const { output } = (await answerOf(
      readers,
      [account, 'global'],
      'iam:GetAccountAuthorizationDetails',
      {},
    )) as Details;
    return Object.fromEntries(Object.entries(output).map(([list, items]) => [list, items.length]));
  };

  test.each([
    {
      file: 'example.json',
      account: '200611803367',
      lists: { UserDetailList: 41, GroupDetailList: 3, RoleDetailList: 75, Policies: 82 },
    },
    {
      file: 'example.json',
      account: '012345678901',
      lists: { UserDetailList: 3, GroupDetailList: 2, RoleDetailList: 3, Policies: 40 },
    },
    {
      file: 'example_authz_v2.json',
      account: '012345678901',
      lists: { UserDetailList: 1, GroupDetailList: 1, RoleDetailList: 2, Policies: 2 },
    },
    {
      file: 'managed_policy_mismatch.json',
      account: '123456789012',
      lists: { UserDetailList: 0, GroupDetailList: 1, Policies: 1 },
    },
  ])('$file holds of $account $lists', async ({ file, account, lists }) => {
    expect(await counts(`gaad-cloudsplaining/${file}`, account)).toEqual(lists);
  });

  test.each([
    ['c7n-test_account_credential_report-1.csv', '644160558196'],
    ['c7n-test_iam_user_unused_keys_report_in_progress-2.csv', '619193117841'],
    ['prowler-iam_avoid_root_usage-test_root_not_used.csv', '123456789012'],
  ])('%s is of %s', async (file, account) => {
    expect((await openSnapshot(sharedData(`credential-reports/${file}`))).readers.accounts()).toEqual([account]);
  });

  test.each([
    ['test_s3_data_events/cloudtrail.DescribeTrails_1.json', ['123456789012', '644160558196']],
    ['test_s3_data_events/cloudtrail.GetEventSelectors_1.json', ['644160558196']],
    ['test_iam_user_console_old/iam.GetCredentialReport_1.json', ['644160558196']],
  ])('the recording %s is of %j', async (file, accounts) => {
    expect((await openSnapshot(sharedData(`api-recordings-c7n/${file}`))).readers.accounts()).toEqual(accounts);
  });

  test.each([
    ['gaad-cloudsplaining', /example_authz_v2.json: duplicate account id `012345678901`: .*example.json/],
    ['credential-reports', /duplicate account id `644160558196`/],
    ['api-recordings-c7n/test_account_trail/cloudtrail.GetTrailStatus_1.json', /does not say whose it is/],
    ['api-shapes-cartography/cloudtrail.json', /^NOT_RECOGNISED/],
    ['org-lza', /unknown folder/],
  ])('%s is refused', async (path, fault) => {
    expect(await faultOf(sharedData(''), path)).toMatch(fault);
  });
});
