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
  roleOf,
  trailOf,
  two,
  userOf,
} from './folder.ts';

const policy = (account: string, name: string) => ({ PolicyName: name, Arn: `arn:aws:iam::${account}:policy/${name}` });
const detailsOf = (snapshot: Awaited<ReturnType<typeof openSnapshot>>, account: string) =>
  answerOf(snapshot.readers, [account, 'global'], 'iam:GetAccountAuthorizationDetails', {});
const users = { UserDetailList: [userOf(one, 'ann')] };
const report = `${reportHeader}\n${reportRow(one, 'ann')}\n${reportRow(one, 'ann')}`;

describe('authorization details are split by the accounts of their principals', () => {
  const mixed = {
    UserDetailList: [userOf(one, 'ann'), userOf(two, 'bob')],
    RoleDetailList: [roleOf(one, 'admin')],
    Policies: [
      policy('aws', 'ReadOnlyAccess'),
      policy(one, 'own'),
      policy(two, 'own'),
      policy('333333333333', 'shared'),
    ],
  };

  test('AWS managed policies go to each account, customer managed ones to their own, a list nobody gave stays away', async () => {
    const snapshot = await openSnapshot(join(folderWith({ 'details.json': mixed }), 'details.json'));
    expect(snapshot.readers.accounts()).toEqual([one, two]);
    expect(await detailsOf(snapshot, one)).toEqual({
      source: 'details.json',
      output: {
        UserDetailList: [userOf(one, 'ann')],
        RoleDetailList: [roleOf(one, 'admin')],
        Policies: [policy('aws', 'ReadOnlyAccess'), policy(one, 'own')],
      },
    });
    expect(await detailsOf(snapshot, two)).toEqual({
      source: 'details.json',
      output: {
        UserDetailList: [userOf(two, 'bob')],
        RoleDetailList: [],
        Policies: [policy('aws', 'ReadOnlyAccess'), policy(two, 'own')],
      },
    });
  });

  test('two files of two accounts are one snapshot', async () => {
    const other = { UserDetailList: [userOf(two, 'bob')] };
    const snapshot = await openSnapshot(folderWith({ 'a.json': users, 'b.json.gz': gzipSync(JSON.stringify(other)) }));
    expect(snapshot.readers.accounts()).toEqual([one, two]);
    expect(snapshot.files).toEqual(['a.json', 'b.json.gz']);
  });
});

describe('a credential report', () => {
  const reportOf = (snapshot: Awaited<ReturnType<typeof openSnapshot>>, account: string) =>
    answerOf(snapshot.readers, [account, 'global'], 'iam:GetCredentialReport', {});

  test.each([
    { name: 'CSV, a user on two rows', file: 'r.csv', content: report },
    { name: 'CSV without a telling name', file: 'report', content: report },
    { name: 'CSV with a byte order mark', file: 'r.csv', content: `\uFEFF${report}` },
    { name: 'CSV in gzip', file: 'r.csv.gz', content: gzipSync(report) },
    { name: 'output of the AWS CLI', file: 'r.json', content: { Content: base64(report), GeneratedTime: 'x' } },
    {
      name: 'output with a byte order mark inside',
      file: 'r.json',
      content: { Content: base64(`\uFEFF${report}`) },
      inside: `\uFEFF${report}`,
    },
    { name: 'placebo recording', file: 'r.json', content: { status_code: 200, data: { Content: report } } },
  ])('$name', async ({ file, content, inside = report }) => {
    const snapshot = await openSnapshot(folderWith({ [file]: content }));
    expect(await reportOf(snapshot, one)).toEqual({
      source: file,
      output: { Content: base64(inside), ReportFormat: 'text/csv' },
    });
  });

  test('with the newer 23rd column', async () => {
    const newer = `${reportHeader},additional_credentials_info\n${reportRow(one, 'ann')},"{""keys"": 3, ""certs"": 1}"\n`;
    const snapshot = await openSnapshot(folderWith({ 'r.csv': newer }));
    expect(await reportOf(snapshot, one)).toMatchObject({ output: { Content: base64(newer) } });
  });

  test('of two accounts is split, each with the header', async () => {
    const both = [reportHeader, reportRow(two, 'bob'), reportRow(one, 'ann'), reportRow(two, 'bea')].join('\r\n');
    const snapshot = await openSnapshot(folderWith({ 'r.csv': both }));
    const split = `${reportHeader}\n${reportRow(two, 'bob')}\n${reportRow(two, 'bea')}\n`;
    expect(snapshot.readers.accounts()).toEqual([one, two]);
    expect(await reportOf(snapshot, two)).toMatchObject({ output: { Content: base64(split) } });
  });
});

describe('trails', () => {
  test('are placed by account and home Region', async () => {
    const trailList = [
      trailOf(one, 'us-east-1', 'a'),
      trailOf(one, 'eu-west-1', 'b'),
      trailOf(two, 'us-east-1', 'c'),
      trailOf(one, 'us-east-1', 'd'),
    ];
    const { readers } = await openSnapshot(folderWith({ 'trails.json': { trailList } }));
    const ask = (account: string, region: string) =>
      answerOf(readers, [account, region], 'cloudtrail:DescribeTrails', {});
    expect(await ask(one, 'us-east-1')).toMatchObject({ output: { trailList: [trailList[0], trailList[3]] } });
    expect(await ask(one, 'eu-west-1')).toMatchObject({ output: { trailList: [trailList[1]] } });
    expect(await ask(two, 'us-east-1')).toMatchObject({ output: { trailList: [trailList[2]] } });
    expect(await ask(two, 'eu-west-1')).toBe('NOT_IN_SNAPSHOT');
  });

  test('selectors answer for the trail they name, several files of one account together', async () => {
    const [a, b] = ['a', 'b'].map((name) => ({
      TrailARN: trailOf(one, 'us-east-1', name).TrailARN,
      EventSelectors: [],
    }));
    const { readers } = await openSnapshot(folderWith({ 'a.json': { ...a }, 'b.json': { ...b } }));
    const ask = (TrailName: string | undefined) =>
      answerOf(readers, [one, 'us-east-1'], 'cloudtrail:GetEventSelectors', { TrailName });
    expect(await ask(a?.TrailARN)).toEqual({ output: a, source: 'a.json' });
    expect(await ask(b?.TrailARN)).toEqual({ output: b, source: 'b.json' });
    expect(await ask('a')).toBe('NOT_IN_SNAPSHOT');
  });
});

describe('a file is refused', () => {
  const cutHeader = reportHeader.replace(',mfa_active', '');
  const wrong: Record<
    string,
    { readonly files: Record<string, Content>; readonly path?: string; readonly fault: RegExp }
  > = {
    'that is not there': { files: {}, path: 'gone.json', fault: /^MISSING gone.json: no such file or folder; / },
    'that is empty': { files: { 'a.json': '' }, fault: /^EMPTY a.json: the file is empty; / },
    'that is blank': { files: { 'a.json': ' \n' }, fault: /^EMPTY a.json/ },
    'that is blank in gzip': { files: { 'a.json.gz': gzipSync('') }, fault: /^EMPTY a.json.gz/ },
    'with cut gzip': {
      files: { 'a.json.gz': gzipSync(JSON.stringify(users)).subarray(0, 40) },
      fault: /^UNREADABLE .*the gzip data ends too early; /,
    },
    'with damaged gzip': {
      files: { 'a.json.gz': gzipSync(JSON.stringify(users)).fill(7, 12, 30) },
      fault: /^UNREADABLE .*gzip data is damaged; /,
    },
    'named gzip that is none': { files: { 'a.json.gz': users }, fault: /^UNREADABLE .*named `.gz`, but not gzip; / },
    'that is no text': {
      files: { 'a.json': Buffer.from([0x50, 0x4b, 0xff, 0x80]) },
      fault: /^UNREADABLE .*not text in UTF-8; /,
    },
    'that is not JSON': {
      files: { 'a.json': '{\n  "UserDetailList": [,]\n}' },
      fault: /^NOT_JSON a.json: line 2 column 22: not JSON: unexpected ","; /,
    },
    'cut off': {
      files: { 'a.json': '{"UserDetailList": [' },
      fault: /^NOT_JSON a.json: column 21: not JSON: the text ends too early; /,
    },
    'that is a list': { files: { 'a.json': [users] }, fault: /^WRONG_SHAPE a.json: a list, not an object; / },
    'that is a number': { files: { 'a.json': '3' }, fault: /^WRONG_SHAPE a.json: `3`, not an object; / },
    'of an unknown kind': {
      files: { 'a.json': { Users: [] } },
      fault: /^NOT_RECOGNISED .*recognised are authorization details, credential reports/,
    },
    'of JSON lines': { files: { 'a.jsonl': '{"input":{},"output":{}}' }, fault: /^NOT_RECOGNISED .*account folders/ },
    'with a trail status': {
      files: { 'a.json': { IsLogging: true } },
      fault: /does not say whose it is; lay it out as `<account>\/<region>\/cloudtrail.GetTrailStatus.jsonl`/,
    },
    'with service-specific credentials': {
      files: { 'a.json': { ServiceSpecificCredentials: [] } },
      fault: /lay it out as `<account>\/global\/iam.ListServiceSpecificCredentials.jsonl`/,
    },
    'with Regions': {
      files: { 'a.json': { Regions: [] } },
      fault: /lay it out as `<account>\/global\/account.ListRegions.json`/,
    },
    'with an event data store': {
      files: { 'a.json': { EventDataStoreArn: 'x', AdvancedEventSelectors: [] } },
      fault: /cloudtrail.GetEventDataStore.jsonl/,
    },
    'with a recorded error': {
      files: { 'a.json': { status_code: 403, data: { Error: { Code: 'AccessDenied' } } } },
      fault: /recorded error AccessDenied does not say whose it is/,
    },
    'with policies only': {
      files: { 'a.json': { Policies: [policy(one, 'p')] } },
      fault: /^NOT_RECOGNISED .*no user, group or role says whose/,
    },
    'with one page of the principals': {
      files: { 'a.json': { ...users, IsTruncated: true } },
      fault: /^INCOMPLETE a.json: one page/,
    },
    'with a principal twice': {
      files: { 'a.json': { UserDetailList: [userOf(one, 'ann'), userOf(one, 'bob'), userOf(one, 'ann')] } },
      fault: /^DUPLICATE a.json: UserDetailList\[2\]: .*user\/ann` is in UserDetailList\[0\] already; /,
    },
    'with a principal without ARN': {
      files: { 'a.json': { UserDetailList: [{ UserName: 'ann' }] } },
      fault: /UserDetailList\[0\]: no `Arn`; /,
    },
    'with a principal of no account': {
      files: { 'a.json': { RoleDetailList: [roleOf('1234', 'r')] } },
      fault: /RoleDetailList\[0\]: no account id in/,
    },
    'with a principal of AWS': {
      files: { 'a.json': { ...users, RoleDetailList: [roleOf('aws', 'r')] } },
      fault: /RoleDetailList\[0\]: no account id in/,
    },
    'with a trail without Region': {
      files: { 'a.json': { trailList: [{ TrailARN: trailOf(one, 'us-east-1', 'a').TrailARN }] } },
      fault: /trailList\[0\]: no Region in `HomeRegion`; /,
    },
    'with a trail without ARN': {
      files: { 'a.json': { trailList: [{ HomeRegion: 'us-east-1' }] } },
      fault: /trailList\[0\]: no account id in a `TrailARN`; /,
    },
    'with no trails': {
      files: { 'a.json': { trailList: [] } },
      fault: /an empty list of trails does not say whose it is/,
    },
    'with selectors of no trail': {
      files: { 'a.json': { EventSelectors: [] } },
      fault: /no account and Region in a `TrailARN`; /,
    },
    'with a column missing': {
      files: { 'r.csv': `${cutHeader}\n` },
      fault: /^WRONG_SHAPE r.csv: header: column 8 is `access_key_1_active` and should be `mfa_active`; /,
    },
    'with the last columns cut': {
      files: { 'r.csv': 'user,arn\nx,y\n' },
      fault: /header: column 3 is missing and should be `user_creation_time`; /,
    },
    'with an unknown 23rd column': {
      files: { 'r.csv': `${reportHeader},x\n` },
      fault: /header: column 23 is `x` and should be `additional_credentials_info`; /,
    },
    'with a 24th column': {
      files: { 'r.csv': `${reportHeader},additional_credentials_info,x\n` },
      fault: /header: column 24 is `x` and none is known there; /,
    },
    'with a column too few in a row': {
      files: { 'r.csv': `${report}\nx,y\n` },
      fault: /^WRONG_SHAPE r.csv: line 4: 2 columns instead of 22; /,
    },
    'with a row of no account': {
      files: { 'r.csv': `${reportHeader}\n${reportRow('1', 'x')}\n` },
      fault: /line 2: no account id in the ARN/,
    },
    'with an open quote': { files: { 'r.csv': `${report}\n"x` }, fault: /^WRONG_SHAPE r.csv: line 4: not CSV/ },
    'with a header only': {
      files: { 'r.csv': reportHeader },
      fault: /^EMPTY r.csv: a credential report without rows; /,
    },
    'with another CSV': { files: { 'r.csv': 'a;b\n1;2\n' }, fault: /header: column 1 is `a;b` and should be `user`; / },
    'with a report that is no report': {
      files: { 'r.json': { Content: base64('nothing') } },
      fault: /r.json: header: column 1 is `nothing`/,
    },
    'given twice': {
      files: { 'a.json': users, 'b.json': users },
      fault: new RegExp(
        `^DUPLICATE b.json: duplicate account id \`${one}\`: iam:GetAccountAuthorizationDetails was given in a.json already; `,
      ),
    },
    'whose account has another report': {
      files: { 'a.csv': report, 'b.csv': report },
      fault: /^DUPLICATE b.csv: .*iam:GetCredentialReport was given in a.csv/,
    },
  };
  test.each(Object.entries(wrong))('%s', async (_, { files, path, fault }) => {
    const message = await faultOf(folderWith(files), path);
    expect(message).toMatch(fault);
    expect(message).not.toMatch(/\n/);
  });

  test('in one line, whatever its name', async () => {
    expect(await faultOf(folderWith({ 'a\nb.json': '{' }))).toMatch(/^NOT_JSON a b.json: column 2: /);
  });
});
