import { createHash } from 'node:crypto';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { openSnapshot } from '../../../src/adapters/files/snapshot/open.ts';
import {
  answerOf,
  base64,
  type Content,
  faultOf,
  folderWith,
  one,
  reportHeader,
  reportRow,
  two,
  userOf,
} from './folder.ts';

const details = `${one}/global/iam.GetAccountAuthorizationDetails`;
const users = { UserDetailList: [userOf(one, 'ann')] };
const trails = { trailList: [] };
const report = `${reportHeader}\n${reportRow(one, 'ann')}`;
const lines = (...rows: readonly object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');

describe('a snapshot directory answers', () => {
  const detailsAsked = [[one, 'global'], 'iam:GetAccountAuthorizationDetails', {}] as const;
  const trailsAsked = [[one, 'eu-west-1'], 'cloudtrail:DescribeTrails', {}] as const;
  const reportAsked = [[one, 'global'], 'iam:GetCredentialReport', {}] as const;
  const regionsAsked = [
    [one, 'global'],
    'account:ListRegions',
    { RegionOptStatusContains: ['ENABLED', 'ENABLED_BY_DEFAULT'] },
  ] as const;
  const jsonReport = { Content: base64(report), ReportFormat: 'text/csv' };
  const regions = { Regions: [{ RegionName: 'eu-west-1', RegionOptStatus: 'ENABLED' }] };

  test.each([
    { name: 'a .json file', path: `${details}.json`, content: users, asked: detailsAsked, output: users },
    {
      name: 'a .json.gz file',
      path: `${details}.json.gz`,
      content: gzipSync(JSON.stringify(users)),
      asked: detailsAsked,
      output: users,
    },
    {
      name: 'gzip without .gz',
      path: `${details}.json`,
      content: gzipSync(JSON.stringify(users)),
      asked: detailsAsked,
      output: users,
    },
    {
      name: 'a byte order mark',
      path: `${details}.json`,
      content: `\uFEFF${JSON.stringify(users)}`,
      asked: detailsAsked,
      output: users,
    },
    {
      name: 'UTF-16 of PowerShell',
      path: `${details}.json`,
      content: Buffer.from(`\uFEFF${JSON.stringify(users)}`, 'utf16le'),
      asked: detailsAsked,
      output: users,
    },
    {
      name: 'empty paging tokens',
      path: `${details}.json`,
      content: { ...users, IsTruncated: false, Marker: null },
      asked: detailsAsked,
      output: users,
    },
    {
      name: 'metadata of an SDK',
      path: `${details}.json`,
      content: { ...users, $metadata: {}, ResponseMetadata: {} },
      asked: detailsAsked,
      output: users,
    },
    {
      name: 'a placebo recording',
      path: `${details}.json`,
      content: { status_code: 200, data: { ...users, ResponseMetadata: {} } },
      asked: detailsAsked,
      output: users,
    },
    {
      name: 'a Region',
      path: `${one}/eu-west-1/cloudtrail.DescribeTrails.json`,
      content: trails,
      asked: trailsAsked,
      output: trails,
    },
    {
      name: 'a CSV report',
      path: `${one}/global/iam.GetCredentialReport.csv`,
      content: report,
      asked: reportAsked,
      output: jsonReport,
    },
    {
      name: 'a CSV report, gzip',
      path: `${one}/global/iam.GetCredentialReport.csv.gz`,
      content: gzipSync(report),
      asked: reportAsked,
      output: jsonReport,
    },
    {
      name: 'a JSON report',
      path: `${one}/global/iam.GetCredentialReport.json`,
      content: jsonReport,
      asked: reportAsked,
      output: jsonReport,
    },
    {
      name: 'all Regions where enabled ones are asked',
      path: `${one}/global/account.ListRegions.json`,
      content: regions,
      asked: regionsAsked,
      output: regions,
    },
  ])('from $name', async ({ path, content, asked, output }) => {
    const { readers } = await openSnapshot(folderWith({ [path]: content }));
    expect(await answerOf(readers, asked[0], asked[1], asked[2])).toEqual({ output, source: path });
  });

  test('dates of a placebo recording in ISO', async () => {
    const CreateDate = {
      __class__: 'datetime',
      year: 2023,
      month: 6,
      day: 15,
      hour: 11,
      minute: 45,
      second: 30,
      microsecond: 0,
    };
    const recording = { status_code: 200, data: { UserDetailList: [{ ...userOf(one, 'ann'), CreateDate }] } };
    const { readers } = await openSnapshot(folderWith({ [`${details}.json`]: recording }));
    expect(await answerOf(readers, ...detailsAsked)).toMatchObject({
      output: { UserDetailList: [{ CreateDate: '2023-06-15T11:45:30Z' }] },
    });
  });

  test.each([
    {
      name: 'a recorded placebo error',
      file: `${details}.json`,
      content: { status_code: 403, data: { Error: { Code: 'AccessDenied', Message: 'no' } } },
      expected: 'ACCESS_DENIED',
    },
    {
      name: 'an error line',
      file: `${details}.jsonl`,
      content: lines({ input: {}, error: { name: 'Throttling', message: 'slow' } }),
      expected: 'THROTTLED',
    },
    {
      name: 'a call without a file',
      file: `${one}/eu-west-1/cloudtrail.DescribeTrails.json`,
      content: trails,
      expected: 'NOT_IN_SNAPSHOT',
    },
    {
      name: 'a call without a line for its input',
      file: `${details}.jsonl`,
      content: lines({ input: { Filter: ['User'] }, output: {} }),
      expected: 'NOT_IN_SNAPSHOT',
    },
  ])('$name with $expected', async ({ file, content, expected }) => {
    const { readers } = await openSnapshot(folderWith({ [file]: content }));
    expect(await answerOf(readers, ...detailsAsked)).toBe(expected);
  });

  test('a last-accessed report by the job id that its request gave', async () => {
    const file = (name: string) => `${one}/global/iam.${name}ServiceLastAccessedDetails.jsonl`;
    const asked = { Arn: `arn:aws:iam::${one}:user/ann`, Granularity: 'ACTION_LEVEL' as const };
    const done = { JobStatus: 'COMPLETED', ServicesLastAccessed: [], IsTruncated: false };
    const { readers } = await openSnapshot(
      folderWith({
        [file('Generate')]: lines({ input: asked, output: { JobId: 'j-1' } }),
        [file('Get')]: lines({ input: { JobId: 'j-1' }, output: done }),
      }),
    );
    const at = [one, 'global'] as const;
    expect(await answerOf(readers, at, 'iam:GenerateServiceLastAccessedDetails', asked)).toMatchObject({
      output: { JobId: 'j-1' },
    });
    const get = (JobId: string) => answerOf(readers, at, 'iam:GetServiceLastAccessedDetails', { JobId, MaxItems: 5 });
    expect(await get('j-1')).toMatchObject({ output: done });
    expect(await get('j-2')).toBe('NOT_IN_SNAPSHOT');
    const bare = folderWith({ [file('Get').replace('jsonl', 'json')]: done });
    expect(await faultOf(bare)).toContain('does not say which input');
    const wrong = lines({ input: { JobId: 'j' }, output: { ...done, ServicesLastAccessed: {} } });
    expect(await faultOf(folderWith({ [file('Get')]: wrong }))).toContain('`ServicesLastAccessed` is not a list');
  });

  test('from .jsonl by input, with the moment of the call where it was noted', async () => {
    const path = 'organization/global/organizations.ListAccountsForParent.jsonl';
    const content = lines(
      { input: { ParentId: 'r-1' }, output: { Accounts: [], NextToken: 'more' } },
      {
        at: '2026-01-02T03:04:05Z',
        region: 'global',
        input: { ParentId: 'r-1', NextToken: 'more' },
        output: { Accounts: [{ Id: one }] },
      },
    );
    const { readers } = await openSnapshot(folderWith({ [path]: `${content.replaceAll('\n', '\r\n')}\n` }));
    const ask = (input: { ParentId: string; NextToken?: string }) =>
      answerOf(readers, ['organization', 'global'], 'organizations:ListAccountsForParent', {
        NextToken: undefined,
        MaxResults: 5,
        ...input,
      });
    expect(await ask({ ParentId: 'r-1' })).toEqual({ output: { Accounts: [], NextToken: 'more' }, source: path });
    expect(await ask({ ParentId: 'r-1', NextToken: 'more' })).toEqual({
      output: { Accounts: [{ Id: one }] },
      source: path,
      at: '2026-01-02T03:04:05Z',
    });
  });
});

test('accounts are the account folders, files and digest those that were read', async () => {
  const content = JSON.stringify(trails);
  const folder = folderWith({
    [`${two}/us-east-1/cloudtrail.DescribeTrails.json`]: content,
    [`${one}/us-east-1/cloudtrail.DescribeTrails.json`]: content,
    'organization/global/organizations.ListRoots.json': { Roots: [] },
    [`${one}/README.md`]: 'not read',
    [`${one}/us-east-1/.DS_Store`]: 'not read',
    '.git/config': 'not read',
    LICENSE: 'not read',
  });
  const { readers, files, digest } = await openSnapshot(folder);
  expect(readers.accounts()).toEqual([one, two]);
  expect(files).toEqual([
    `${one}/us-east-1/cloudtrail.DescribeTrails.json`,
    `${two}/us-east-1/cloudtrail.DescribeTrails.json`,
    'organization/global/organizations.ListRoots.json',
  ]);
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
  const [first, second, third] = files;
  const sums = [
    `${sha256(content)}  ${first}\n`,
    `${sha256(content)}  ${second}\n`,
    `${sha256('{"Roots":[]}')}  ${third}\n`,
  ];
  expect(digest).toBe(sha256(sums.sort().join('')));
});

test('the digest is of the bytes on the disk, packed or not', async () => {
  const packed = gzipSync(JSON.stringify(users));
  const { digest } = await openSnapshot(folderWith({ [`${details}.json.gz`]: packed }));
  const sum = createHash('sha256').update(packed).digest('hex');
  expect(digest).toBe(createHash('sha256').update(`${sum}  ${details}.json.gz\n`).digest('hex'));
});

test('pages of all Regions answer where enabled ones are asked', async () => {
  const path = `${one}/global/account.ListRegions.jsonl`;
  const content = lines(
    { input: {}, output: { Regions: [{ RegionName: 'a' }], NextToken: '1' } },
    { input: { NextToken: '1' }, output: { Regions: [{ RegionName: 'b' }] } },
  );
  const { readers } = await openSnapshot(folderWith({ [path]: content }));
  const input = { RegionOptStatusContains: ['ENABLED_BY_DEFAULT' as const, 'ENABLED' as const] };
  const pages = await Array.fromAsync(
    readers.for({ account: one, region: 'global' }).pages('account:ListRegions', input),
  );
  expect(pages.flatMap(({ output }) => output.Regions ?? [])).toEqual([{ RegionName: 'a' }, { RegionName: 'b' }]);
});

describe('a snapshot directory is refused', () => {
  const wrong: Record<string, { readonly files: Record<string, Content>; readonly fault: RegExp }> = {
    'with an unknown operation': {
      files: { [`${one}/global/iam.ListUsers.json`]: {} },
      fault: /^NOT_RECOGNISED .*iam\.ListUsers\.json: unknown operation `iam:ListUsers`; .*iam:GetCredentialReport/,
    },
    'with an unknown folder': { files: { 'accounts/x.json': users }, fault: /^WRONG_PLACE accounts: unknown folder/ },
    'with an unknown folder beside accounts': {
      files: { [`${details}.json`]: users, '12345678901/global/x.json': {} },
      fault: /^WRONG_PLACE 12345678901: unknown folder/,
    },
    'with an unknown Region folder': {
      files: { [`${one}/us_east_1/cloudtrail.DescribeTrails.json`]: trails },
      fault: /unknown folder `us_east_1`/,
    },
    'with a folder too deep': {
      files: { [`${one}/global/old/x.json`]: {} },
      fault: /^WRONG_PLACE .*old: unknown folder/,
    },
    'with a stray file at the top': {
      files: { [`${details}.json`]: users, 'notes.txt': 'x' },
      fault: /^WRONG_PLACE notes.txt: a stray file/,
    },
    'with a stray file in an account': {
      files: { [`${details}.json`]: users, [`${one}/notes.txt`]: 'x' },
      fault: /notes.txt: a stray file/,
    },
    'with a stray file in a Region': {
      files: { [`${one}/global/notes.txt`]: 'x' },
      fault: /notes.txt: a stray file; name it/,
    },
    'with iam in a Region': {
      files: { [`${one}/us-east-1/iam.GetCredentialReport.csv`]: report },
      fault: /^WRONG_PLACE .*move it to `<account>\/global\/iam.GetCredentialReport.json`/,
    },
    'with cloudtrail under global': {
      files: { [`${one}/global/cloudtrail.DescribeTrails.json`]: trails },
      fault: /move it to `<account>\/<region>\/cloudtrail/,
    },
    'with organizations in an account': {
      files: { [`${one}/global/organizations.ListRoots.json`]: {} },
      fault: /move it to `organization\/global\/organizations.ListRoots.json`/,
    },
    'with iam in the organisation': {
      files: { [`organization/global/iam.GetCredentialReport.csv`]: report },
      fault: /^WRONG_PLACE/,
    },
    'with organizations in a Region': {
      files: { 'organization/us-east-1/organizations.ListRoots.json': {} },
      fault: /^WRONG_PLACE/,
    },
    'with a bare answer of a call that needs an input': {
      files: { [`${one}/us-east-1/cloudtrail.GetTrailStatus.json`]: { IsLogging: true } },
      fault: /does not say which input .* `\.jsonl` file/,
    },
    'with a CSV of another call': {
      files: { [`${details}.csv`]: report },
      fault: /only iam.GetCredentialReport can be CSV/,
    },
    'with a call given twice': {
      files: { [`${details}.json`]: users, [`${details}.json.gz`]: gzipSync(JSON.stringify(users)) },
      fault: new RegExp(`^DUPLICATE .*duplicate account id \`${one}\`: .* given in ${details}.json already`),
    },
    'with a call in two forms': {
      files: {
        [`${details}.json`]: users,
        [`${details}.jsonl`]: lines({ input: { Filter: ['User'] }, output: users }),
      },
      fault: new RegExp(`^DUPLICATE .*duplicate account id \`${one}\`: .* given in ${details}.json already`),
    },
    'with an empty account folder': {
      files: { [`${details}.json`]: users, [`${two}/.keep`]: '' },
      fault: new RegExp(`^EMPTY ${two}: the folder holds no files`),
    },
    'with nothing in it': { files: {}, fault: /^EMPTY .: the folder holds no files/ },
    'with the output of another call': {
      files: { [`${one}/us-east-1/cloudtrail.DescribeTrails.json`]: {} },
      fault: /no `trailList` in the output of cloudtrail:DescribeTrails/,
    },
    'with no list where one belongs': {
      files: { [`${details}.json`]: { UserDetailList: {} } },
      fault: /`UserDetailList` is not a list/,
    },
    'with one page of a list': {
      files: { [`${details}.json`]: { ...users, IsTruncated: true, Marker: 'm' } },
      fault: /^INCOMPLETE .*one page of a longer list/,
    },
    'with a token left': {
      files: { 'organization/global/organizations.ListRoots.json': { Roots: [], NextToken: 'm' } },
      fault: /^INCOMPLETE/,
    },
    'with principals of another account': {
      files: { [`${details}.json`]: { UserDetailList: [userOf(one, 'ann'), userOf(two, 'bob')] } },
      fault: new RegExp(`^WRONG_PLACE ${details}.json: UserDetailList\\[1\\]: .*user/bob\` is not of account ${one}`),
    },
    'with a report of another account': {
      files: { [`${one}/global/iam.GetCredentialReport.csv`]: `${report}\n${reportRow(two, 'bob')}\n` },
      fault: new RegExp(`: line 3: the row is of account ${two}, the folder of ${one}`),
    },
    'with the principals of a line in doubt': {
      files: {
        [`${details}.jsonl`]: lines({ input: {}, output: users }, { input: {}, output: { RoleDetailList: [{}] } }),
      },
      fault: /jsonl: line 2, RoleDetailList\[0\]: no `Arn`/,
    },
  };
  test.each(Object.entries(wrong))('%s', async (_, { files, fault }) => {
    expect(await faultOf(folderWith(files))).toMatch(fault);
  });

  test('with a link to a folder, be it a loop', async () => {
    const folder = folderWith({ [`${details}.json`]: users });
    symlinkSync('..', join(folder, one, 'us-east-1'));
    expect(await faultOf(folder)).toMatch(/^WRONG_PLACE 111111111111\/us-east-1: a link to a folder is not followed/);
  });

  test('with a link to nowhere', async () => {
    const folder = folderWith({ [`${details}.json`]: users });
    symlinkSync('gone.json', join(folder, one, 'global', 'iam.GetCredentialReport.json'));
    expect(await faultOf(folder)).toMatch(/^MISSING .*GetCredentialReport.json/);
  });
});
