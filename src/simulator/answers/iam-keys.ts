import type { Operation } from '../../ports/aws-calls.ts';
import { calendarOf } from '../calendar.ts';
import type { SimulatedAccount, SimulatedUser } from '../organization.ts';
import { type Page, pageOf } from '../page.ts';
import { refuse } from '../refuse.ts';
import type { Answering } from '../scope.ts';
import { uniqueId } from '../unique-id.ts';
import { arnIn, userView } from './iam-views.ts';

// Devices and keys of users that no report shows.

interface Paged {
  readonly Marker?: string | undefined;
  readonly MaxItems?: number | undefined;
}

const cut = <T>(operation: Operation, all: readonly T[], { Marker, MaxItems }: Paged): Page<T> =>
  pageOf(all, { operation, token: Marker, size: MaxItems, most: 2 });
const more = ({ next }: Page<unknown>): { IsTruncated: boolean; Marker?: string } =>
  next === undefined ? { IsTruncated: false } : { IsTruncated: true, Marker: next };

export const usersWithDevice = ({ users }: SimulatedAccount): readonly SimulatedUser[] =>
  users.filter(({ password }) => password?.mfa === true);

const serialOf = (account: SimulatedAccount, name: string): string => `arn:aws:iam::${account.id}:mfa/${name}`;

/** The root user's device, then the users'. */
const virtualDevices: Answering<'iam:ListVirtualMFADevices'> = ({ organization, account }, input) => {
  const root = {
    SerialNumber: serialOf(account, 'root-account-mfa-device'),
    // AWS names the root user by its ARN alone.
    User: {
      Path: undefined,
      UserName: undefined,
      UserId: account.id,
      Arn: `arn:aws:iam::${account.id}:root`,
      CreateDate: account.joined,
    },
    EnableDate: calendarOf(organization.clock).before(1000),
  };
  const own = usersWithDevice(account).map((user) => {
    const { Arn, UserId, UserName, Path } = userView(account, user);
    return {
      SerialNumber: serialOf(account, user.name),
      User: { Arn, UserId, UserName, Path, CreateDate: user.created },
      EnableDate: user.created,
    };
  });
  const all = input.AssignmentStatus === 'Unassigned' ? [] : [root, ...own];
  const page = cut('iam:ListVirtualMFADevices', all, input);
  return { VirtualMFADevices: page.items, ...more(page) };
};

function userCalled(account: SimulatedAccount, operation: Operation, name: string | undefined): SimulatedUser {
  const user = account.users.find((candidate) => candidate.name === name);
  if (user !== undefined) return user;
  throw refuse(operation, 'NoSuchEntity', `The user with name ${name} cannot be found.`);
}

const devices: Answering<'iam:ListMFADevices'> = ({ account }, input) => {
  const { name, created, password } = userCalled(account, 'iam:ListMFADevices', input.UserName);
  const device = { UserName: name, SerialNumber: serialOf(account, name), EnableDate: created };
  const page = cut('iam:ListMFADevices', password?.mfa === true ? [device] : [], input);
  return { MFADevices: page.items, ...more(page) };
};

const codeCommit = 'codecommit.amazonaws.com';

/** Whoever has a password for CodeCommit reaches it over SSH, too. */
const sshKeys: Answering<'iam:ListSSHPublicKeys'> = ({ account }, input) => {
  const user = userCalled(account, 'iam:ListSSHPublicKeys', input.UserName);
  const own = user.credentials.filter(({ service }) => service === codeCommit);
  const page = cut('iam:ListSSHPublicKeys', own, input);
  return {
    SSHPublicKeys: page.items.map(({ id, created, status }) => ({
      UserName: user.name,
      SSHPublicKeyId: uniqueId('APKA', id),
      Status: status === 'Active' ? ('Active' as const) : ('Inactive' as const),
      UploadDate: created,
    })),
    ...more(page),
  };
};

const certificates: Answering<'iam:ListSigningCertificates'> = ({ account }, input) => {
  const user = userCalled(account, 'iam:ListSigningCertificates', input.UserName);
  const page = cut('iam:ListSigningCertificates', user.certificates, input);
  return {
    Certificates: page.items.map(({ active, rotated }, index) => ({
      UserName: user.name,
      CertificateId: uniqueId('', `${arnIn(account, 'user', '/', user.name)} ${index}`),
      CertificateBody: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----',
      Status: active ? ('Active' as const) : ('Inactive' as const),
      UploadDate: rotated,
    })),
    ...more(page),
  };
};

export const iamKeyAnswers = {
  'iam:ListVirtualMFADevices': virtualDevices,
  'iam:ListMFADevices': devices,
  'iam:ListSSHPublicKeys': sshKeys,
  'iam:ListSigningCertificates': certificates,
};
