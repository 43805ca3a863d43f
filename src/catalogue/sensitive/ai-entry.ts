import type { Grounds } from './classes.ts';

export const aiEntry: Grounds = {
  'an AI service used with nothing but an API key, from anywhere':
    'aws-external-anthropic:CallWithBearerToken bedrock-mantle:CallWithBearerToken bedrock:CallWithBearerToken',
  'an API key for Claude or Bedrock that outlives the session of its maker':
    'iam:CreateServiceSpecificCredential iam:ResetServiceSpecificCredential iam:UpdateServiceSpecificCredential',
  'the console of the Claude Platform, where work is not recorded by CloudTrail':
    'aws-external-anthropic:AssumeConsole',
  'a workspace that no existing fence names': 'aws-external-anthropic:CreateWorkspace',
  'a link with which an outsider joins as a user': 'aws-external-anthropic:CreateUserProfileEnrollmentUrl',
  'a token that AI providers outside AWS accept as the identity': 'sts:GetWebIdentityToken sts:TagGetWebIdentityToken',
  'the switch that lets identities of the account sign in elsewhere': 'iam:EnableOutboundWebIdentityFederation',
  'models that were closed to the account':
    'bedrock:CreateFoundationModelAgreement bedrock:PutFoundationModelEntitlement bedrock:PutUseCaseForModelAccess',
};
