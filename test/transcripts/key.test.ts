import { callKey } from '../../src/transcripts/key.ts';

test.each([
  { name: 'the order of keys', a: { UserName: 'ann', ServiceName: 's' }, b: { ServiceName: 's', UserName: 'ann' } },
  { name: 'page sizes', a: { AllUsers: true }, b: { AllUsers: true, MaxItems: 100 } },
  { name: 'keys without a value', a: { AllUsers: true }, b: { AllUsers: true, UserName: undefined } },
])('$name makes no other call', ({ a, b }) => {
  expect(callKey('iam:ListServiceSpecificCredentials', a)).toBe(callKey('iam:ListServiceSpecificCredentials', b));
});

test('the order of arrays makes no other call, what is in them does', () => {
  const key = (...RegionOptStatusContains: string[]) => callKey('account:ListRegions', { RegionOptStatusContains });
  expect(key('ENABLED', 'DISABLED')).toBe(key('DISABLED', 'ENABLED'));
  expect(key('ENABLED', 'DISABLED')).not.toBe(key('ENABLED'));
});

test.each([
  { name: 'a paging token', a: { AllUsers: true }, b: { AllUsers: true, Marker: 'm' } },
  { name: 'a value', a: { UserName: 'ann' }, b: { UserName: 'bob' } },
  { name: 'the type of a value', a: { UserName: '1' }, b: { UserName: 1 } },
  { name: 'null for nothing', a: { UserName: null }, b: {} },
])('$name makes another call', ({ a, b }) => {
  expect(callKey('iam:ListServiceSpecificCredentials', a)).not.toBe(callKey('iam:ListServiceSpecificCredentials', b));
});

test('operations are told apart', () => {
  expect(callKey('cloudtrail:DescribeTrails', {})).not.toBe(callKey('cloudtrail:ListEventDataStores', {}));
});

test('a size is ignored only where the operation pages by it', () => {
  expect(callKey('organizations:ListRoots', { MaxResults: 5 })).toBe(callKey('organizations:ListRoots', {}));
  expect(callKey('iam:ListServiceSpecificCredentials', { MaxResults: 5 })).not.toBe(
    callKey('iam:ListServiceSpecificCredentials', {}),
  );
});
