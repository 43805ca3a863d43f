import type { ServiceSpecificCredentialMetadata } from '@aws-sdk/client-iam';
import type { Json } from '../../ports/aws-calls.ts';
import type { Input } from '../../ports/aws-reader.ts';
import type { SimulatedAccount, SimulatedCredential, SimulatedUser } from '../organization.ts';
import { pageOf } from '../page.ts';
import { denied, refuse } from '../refuse.ts';
import { type Answering, type CallScope, callerArn } from '../scope.ts';
import { arnIn, groupView, policyView, roleView, userView } from './iam-views.ts';

type Credential = Json<ServiceSpecificCredentialMetadata>;

/** Users, groups, roles and policies in one row, cut into pages across the kinds, as AWS does. */
const authorizationDetails: Answering<'iam:GetAccountAuthorizationDetails'> = ({ account }, input) => {
  const entities = [
    ...account.users.map((user) => ({ UserDetailList: userView(account, user) })),
    ...account.groups.map((group) => ({ GroupDetailList: groupView(account, group) })),
    ...account.roles.map((role) => ({ RoleDetailList: roleView(account, role) })),
    ...account.policies.map((policy) => ({ Policies: policyView(account, policy) })),
  ];
  const { items, next } = pageOf(entities, {
    operation: 'iam:GetAccountAuthorizationDetails',
    token: input.Marker,
    size: input.MaxItems,
    most: 10,
  });
  return {
    UserDetailList: items.flatMap((item) => ('UserDetailList' in item ? [item.UserDetailList] : [])),
    GroupDetailList: items.flatMap((item) => ('GroupDetailList' in item ? [item.GroupDetailList] : [])),
    RoleDetailList: items.flatMap((item) => ('RoleDetailList' in item ? [item.RoleDetailList] : [])),
    Policies: items.flatMap((item) => ('Policies' in item ? [item.Policies] : [])),
    IsTruncated: next !== undefined,
    ...(next === undefined ? {} : { Marker: next }),
  };
};

const serviceSpecificCredentials: Answering<'iam:ListServiceSpecificCredentials'> = (scope, input) => {
  const { account } = scope;
  const asked = usersAsked(account, input);
  for (const { sealed, name } of asked) if (sealed) throw sealedFrom(scope, name);
  const all = asked.flatMap((user) =>
    user.credentials
      .filter(({ service }) => input.ServiceName === undefined || input.ServiceName === service)
      .map((credential) => credentialView(account, user, credential)),
  );
  const { items, next } = pageOf(all, {
    operation: 'iam:ListServiceSpecificCredentials',
    token: input.Marker,
    size: input.MaxItems,
    most: 2,
  });
  return {
    ServiceSpecificCredentials: items,
    IsTruncated: next !== undefined,
    ...(next === undefined ? {} : { Marker: next }),
  };
};

function usersAsked(
  account: SimulatedAccount,
  input: Input<'iam:ListServiceSpecificCredentials'>,
): readonly SimulatedUser[] {
  const operation = 'iam:ListServiceSpecificCredentials';
  const { AllUsers, UserName } = input;
  if (AllUsers === true && UserName !== undefined) {
    throw refuse(operation, 'ValidationError', 'AllUsers and UserName cannot be used together.');
  }
  if (AllUsers === true) return account.users;
  // Without a name AWS takes the calling user, and a role session is none.
  if (UserName === undefined)
    throw refuse(operation, 'ValidationError', 'Must specify userName when calling with non-User credentials');
  const user = account.users.find(({ name }) => name === UserName);
  if (user === undefined) throw refuse(operation, 'NoSuchEntity', `The user with name ${UserName} cannot be found.`);
  return [user];
}

const sealedFrom = (scope: CallScope, name: string): Error =>
  denied(
    'iam:ListServiceSpecificCredentials',
    'AccessDenied',
    callerArn(scope),
    arnIn(scope.account, 'user', '/', name),
  );

function credentialView(account: SimulatedAccount, user: SimulatedUser, credential: SimulatedCredential): Credential {
  const { id, service, status, created, expires } = credential;
  return {
    UserName: user.name,
    Status: status,
    ServiceUserName: `${user.name}-at-${account.id}`,
    CreateDate: created,
    ...(expires === null ? {} : { ExpirationDate: expires }),
    ServiceSpecificCredentialId: id,
    ServiceName: service,
  };
}

export const iamAnswers = {
  'iam:GetAccountAuthorizationDetails': authorizationDetails,
  'iam:ListServiceSpecificCredentials': serviceSpecificCredentials,
};
