import type { PracticeId, PracticeState } from '../domain/practice.ts';
import { fails, noStatus, passes, type StatusView, unknownStatus } from './status.ts';

/** What a practice asks for, how it is judged, and what that does not show. */
export interface PracticeWords {
  readonly title: string;
  readonly question: string;
  readonly counted: string;
  readonly limits: string;
}

export const practiceWords: Readonly<Record<PracticeId, PracticeWords>> = {
  'workspace-administration': {
    title: 'AI workspaces stand behind explicit allow-lists',
    question:
      'Can only principals on an explicit list administer and use Claude workspaces, whatever their permissions say?',
    counted:
      'In place where the SCPs and RCPs on the account’s path are proven to stop everybody but narrowly named principals: in the account-scoped actions (create, console, keys) and in every action on a workspace. An exception that could be anybody’s makes it partly.',
    limits:
      'Whether a listed principal should be on the list. Work done inside the Claude console after federation does not pass IAM.',
  },
  'no-long-term-ai-credentials': {
    title: 'No long-term AI credentials',
    question: 'Do no long-term AI keys exist, and can none be made or used?',
    counted:
      'In place where every user’s credentials were read, no AI key is live, and making and using one is proven to be denied to everybody. A live key that no guardrail denies makes it open, whatever else is fenced. No key but no fence is partly.',
    limits: 'Short-term keys leave no inventory and are not seen.',
  },
  'ai-data-events-logged': {
    title: 'AI data events are logged',
    question: 'Is every AI data event written down, in every account and Region?',
    counted:
      'In place where every cell (enabled Region × core AI event class) is covered by a trail or event data store that is logging now. Some cells: partly. None: open.',
    limits:
      'That events were delivered, or that anybody reads them. Prompts and answers are model invocation logs, another record.',
  },
};

/** What every reader sees of a state. */
export const practiceStatus: Readonly<Record<PracticeState, StatusView>> = {
  'in-place': passes('in place'),
  partly: fails('partly'),
  open: fails('open'),
  'not-measured': unknownStatus('not measured'),
  'not-applicable': noStatus('cannot be fenced'),
};

/** One part of a practice: its short name, what it means where it is open, and what closes it. */
export interface PartWords {
  readonly name: string;
  readonly gap: string;
  readonly fix: string;
  /** A command that makes the policy that closes it, proven, or null. */
  readonly command: string | null;
  /** A section of the team report that has more. */
  readonly section?: { readonly id: string; readonly title: string };
}

const guardrailCommand = (id: string): string => `assay guardrails --guardrail ${id} --emit scp`;

export const partWords: Readonly<Record<string, PartWords>> = {
  'ai-workspace-admin-allow-list': {
    name: 'Administration',
    gap: 'whoever has the permission may create workspaces, enter the console or manage keys',
    fix: 'Attach an SCP that denies CreateWorkspace, AssumeConsole, RegisterKey, UpdateKey and DisableKey of aws-external-anthropic on every resource, with ArnNotLike on aws:PrincipalArn naming who may. A statement bound to a workspace ARN never meets these.',
    command: guardrailCommand('ai-workspace-admin-allow-list'),
  },
  'ai-workspace-data-allow-list': {
    name: 'Use',
    gap: 'whoever has the permission may use every workspace',
    fix: 'Attach an SCP that denies aws-external-anthropic:* on workspace/*, with ArnNotLike on aws:PrincipalArn naming who may.',
    command: guardrailCommand('ai-workspace-data-allow-list'),
  },
  'live-ai-keys': {
    name: 'Live keys',
    gap: 'long-term AI keys are live',
    fix: 'Move the work to roles and short-term tokens, deactivate the key, watch, delete it. The register of AI keys in the team report has the command for each.',
    command: null,
    section: { id: 'keys', title: 'To the register of AI keys' },
  },
  'no-ai-key-creation': {
    name: 'Making',
    gap: 'nothing stops a new key, or not for both services',
    fix: 'Attach an SCP that denies iam:CreateServiceSpecificCredential with StringEquals on iam:ServiceSpecificCredentialServiceName naming aws-external-anthropic.amazonaws.com and bedrock.amazonaws.com, for everybody.',
    command: guardrailCommand('no-ai-key-creation'),
  },
  'no-long-term-ai-key-use': {
    name: 'Using',
    gap: 'a key that exists can be used, on some prefix or all',
    fix: 'Attach an SCP that denies CallWithBearerToken where BearerTokenType is LONG_TERM: one statement each for aws-external-anthropic, bedrock and bedrock-mantle, since a request carries the key of its own prefix alone.',
    command: guardrailCommand('no-long-term-ai-key-use'),
  },
  'ai-data-events': {
    name: 'AI data events',
    gap: 'AI events leave no full record, in some cells or all',
    fix: 'Give one organisation trail, multi-Region, an advanced event selector for each AI class, without a narrowing field. The section on logging names the classes that are missing, and leads to the commands that close each gap.',
    command: null,
    section: { id: 'logging', title: 'To the section on logging' },
  },
};

/** A part this page has no words for yet. */
export const plainPart = (part: string): PartWords => ({
  name: part,
  gap: 'not in place',
  fix: `Close ${part}.`,
  command: null,
});
