import { calendarOf } from '../calendar.ts';
import type { SimulatedAccount } from '../organization.ts';
import { pageOf } from '../page.ts';
import { refuse } from '../refuse.ts';
import { type Answering, isManagement } from '../scope.ts';
import { usersWithDevice } from './iam-keys.ts';

// Settings of an account in IAM; told from its identities, so that they need no planting.

const claude = 'aws-external-anthropic.amazonaws.com';

/** Somebody in the account holds a key of Claude Platform: the platform was set up there, which needs outbound federation. */
export const usesClaude = ({ users }: SimulatedAccount): boolean =>
  users.some(({ credentials }) => credentials.some(({ service }) => service === claude));

/** Some accounts set no password policy of their own: those without a user who has a password. */
const hasPasswords = ({ users }: SimulatedAccount): boolean => users.some(({ password }) => password !== null);

const summary: Answering<'iam:GetAccountSummary'> = (scope) => {
  const { account } = scope;
  const devices = usersWithDevice(account).length + 1; // and the root user's
  return {
    SummaryMap: {
      Users: account.users.length,
      UsersQuota: 5000,
      Groups: account.groups.length,
      GroupsQuota: 300,
      Roles: account.roles.length,
      RolesQuota: 1000,
      Policies: account.policies.filter(({ arn }) => !arn.startsWith('arn:aws:iam::aws:')).length,
      PoliciesQuota: 1500,
      Providers: isManagement(scope) ? 1 : 0,
      ServerCertificates: 0,
      ServerCertificatesQuota: 20,
      MFADevices: devices,
      MFADevicesInUse: devices,
      AccountMFAEnabled: 1,
      AccountAccessKeysPresent: 0,
      AccountPasswordPresent: isManagement(scope) ? 1 : 0,
      AccountSigningCertificatesPresent: 0,
    },
  };
};

const passwordPolicy: Answering<'iam:GetAccountPasswordPolicy'> = ({ account }) => {
  if (!hasPasswords(account))
    throw refuse(
      'iam:GetAccountPasswordPolicy',
      'NoSuchEntity',
      `The Password Policy with domain name ${account.id} cannot be found.`,
    );
  return {
    PasswordPolicy: {
      MinimumPasswordLength: 14,
      RequireSymbols: true,
      RequireNumbers: true,
      RequireUppercaseCharacters: true,
      RequireLowercaseCharacters: true,
      AllowUsersToChangePassword: true,
      ExpirePasswords: false,
      PasswordReusePrevention: 24,
    },
  };
};

/** TLS certificates live in Certificate Manager; none is left in IAM. */
const serverCertificates: Answering<'iam:ListServerCertificates'> = (_, input) => {
  const { items } = pageOf([], {
    operation: 'iam:ListServerCertificates',
    token: input.Marker,
    size: input.MaxItems,
    most: 2,
  });
  return { ServerCertificateMetadataList: items, IsTruncated: false };
};

/** People sign in through Identity Center, which puts a SAML provider of its own into the management account. */
const samlProviders: Answering<'iam:ListSAMLProviders'> = (scope) => {
  const { before, after } = calendarOf(scope.organization.clock);
  const Arn = `arn:aws:iam::${scope.account.id}:saml-provider/AWSSSO_0123456789abcdef_DO_NOT_DELETE`;
  return {
    SAMLProviderList: isManagement(scope) ? [{ Arn, CreateDate: before(1500), ValidUntil: after(3650 * 10) }] : [],
  };
};

/** Pipelines sign in with tokens of the code host where there is one. */
const oidcProviders: Answering<'iam:ListOpenIDConnectProviders'> = ({ account }) => ({
  OpenIDConnectProviderList: account.name.startsWith('ci-')
    ? [{ Arn: `arn:aws:iam::${account.id}:oidc-provider/token.actions.githubusercontent.com` }]
    : [],
});

const outboundFederation: Answering<'iam:GetOutboundWebIdentityFederationInfo'> = ({ account }) => {
  if (!usesClaude(account))
    throw refuse(
      'iam:GetOutboundWebIdentityFederationInfo',
      'FeatureDisabledException',
      'Outbound web identity federation is disabled for your account.',
    );
  return { IssuerIdentifier: `https://${account.id}.tokens.sts.global.api.aws`, JwtVendingEnabled: true };
};

export const iamSettingsAnswers = {
  'iam:GetAccountSummary': summary,
  'iam:GetAccountPasswordPolicy': passwordPolicy,
  'iam:ListServerCertificates': serverCertificates,
  'iam:ListSAMLProviders': samlProviders,
  'iam:ListOpenIDConnectProviders': oidcProviders,
  'iam:GetOutboundWebIdentityFederationInfo': outboundFederation,
};
