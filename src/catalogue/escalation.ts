// Sets of permissions that together lead to more rights than they grant. Which permissions a path needs: DataDog's pathfinding.cloud
// (Apache-2.0; 65 paths, December 2025), under its ids; the words are Assay's. Ids that begin with `assay-` are Assay's own, made from what
// AWS documents of the services. No set says that a path is open: that also takes a role or a resource worth reaching.

/** One way to more rights, and every action it takes. A longer set than another one works where the shorter one does not. */
export interface EscalationSet {
  readonly id: string;
  readonly title: string;
  readonly needs: readonly string[];
  /** How it goes, in one or two sentences. */
  readonly path: string;
  readonly source: string;
}

/** Ways that are alike: id → the actions, apart by white space. */
interface Mechanism {
  readonly title: string;
  readonly path: string;
  readonly sets: Readonly<Record<string, string>>;
}

const mechanisms: readonly Mechanism[] = [
  {
    title: 'New content for an attached policy',
    path: 'Adds a version to a customer managed policy that is attached to its own identity, allows everything in it and makes it the default.',
    sets: { 'iam-001': 'iam:CreatePolicyVersion' },
  },
  {
    title: 'A policy for oneself',
    path: 'Writes a policy into its own user, group or role, or attaches AdministratorAccess to it; the new rights hold at the next call.',
    sets: {
      'iam-005': 'iam:PutRolePolicy',
      'iam-007': 'iam:PutUserPolicy',
      'iam-008': 'iam:AttachUserPolicy',
      'iam-009': 'iam:AttachRolePolicy',
      'iam-010': 'iam:AttachGroupPolicy',
      'iam-011': 'iam:PutGroupPolicy',
    },
  },
  {
    title: 'Membership of a group',
    path: 'Puts its own user into a group that has more rights.',
    sets: { 'iam-013': 'iam:AddUserToGroup' },
  },
  {
    title: 'An access key of another user',
    path: 'Makes an access key for a user with more rights and works with it. Where that user already has two keys, one is deleted first.',
    sets: { 'iam-002': 'iam:CreateAccessKey', 'iam-003': 'iam:CreateAccessKey iam:DeleteAccessKey' },
  },
  {
    title: 'The console password of another user',
    path: 'Gives a user with more rights a password, or a new one, and signs in to the console as that user.',
    sets: { 'iam-004': 'iam:CreateLoginProfile', 'iam-006': 'iam:UpdateLoginProfile' },
  },
  {
    title: 'The trust of a role',
    path: 'Rewrites the trust policy of a role with more rights so that it trusts its own identity, then assumes it.',
    sets: { 'iam-012': 'iam:UpdateAssumeRolePolicy' },
  },
  {
    title: 'A role that trusts the caller',
    path: 'Assumes a role with more rights whose trust policy already lets its own identity in.',
    sets: { 'sts-001': 'sts:AssumeRole' },
  },
  {
    title: 'A stronger role within reach',
    path: 'Adds rights to a role that its own identity may assume, then assumes it.',
    sets: {
      'iam-014': 'iam:AttachRolePolicy sts:AssumeRole',
      'iam-016': 'iam:CreatePolicyVersion sts:AssumeRole',
      'iam-017': 'iam:PutRolePolicy sts:AssumeRole',
    },
  },
  {
    title: 'A stronger role, and the way to it',
    path: 'Adds rights to any role, rewrites its trust policy to let its own identity in, and assumes it.',
    sets: {
      'iam-019': 'iam:AttachRolePolicy iam:UpdateAssumeRolePolicy',
      'iam-020': 'iam:CreatePolicyVersion iam:UpdateAssumeRolePolicy',
      'iam-021': 'iam:PutRolePolicy iam:UpdateAssumeRolePolicy',
    },
  },
  {
    title: 'A stronger user, and a key for it',
    path: 'Adds rights to another user, makes an access key for that user and works with it.',
    sets: {
      'iam-015': 'iam:AttachUserPolicy iam:CreateAccessKey',
      'iam-018': 'iam:PutUserPolicy iam:CreateAccessKey',
    },
  },
  {
    title: 'A new machine with a passed role',
    path: 'Starts an instance with a role of choice and a start script that sends the credentials of the role out or works with them.',
    sets: { 'ec2-001': 'iam:PassRole ec2:RunInstances', 'ec2-003': 'iam:PassRole ec2:RequestSpotInstances' },
  },
  {
    title: 'The start script of a machine',
    path: 'Stops an instance, replaces its user data with a script of its own and starts it again: the script runs with the role of the machine.',
    sets: { 'ec2-002': 'ec2:ModifyInstanceAttribute ec2:StopInstances ec2:StartInstances' },
  },
  {
    title: 'The template of machines to come',
    path: 'Adds a launch template version that keeps the role and brings a start script of its own, makes it the default and waits for the next launch.',
    sets: { 'ec2-004': 'ec2:CreateLaunchTemplateVersion ec2:ModifyLaunchTemplate' },
  },
  {
    title: 'A shell on a machine',
    path: 'Opens a session, runs a command or pushes a key to a running instance, and takes the credentials of its role from there.',
    sets: {
      'ec2instanceconnect-003': 'ec2-instance-connect:SendSSHPublicKey ec2:DescribeInstances',
      'ssm-001': 'ssm:StartSession',
      'ssm-002': 'ssm:SendCommand',
    },
  },
  {
    title: 'A new function with a passed role',
    path: 'Makes a function of its own code with a role of choice, and has it run: by a call, by an event source, or by letting another account call it.',
    sets: {
      'lambda-001': 'iam:PassRole lambda:CreateFunction lambda:InvokeFunction',
      'lambda-002': 'iam:PassRole lambda:CreateFunction lambda:CreateEventSourceMapping',
      'lambda-006': 'iam:PassRole lambda:CreateFunction lambda:AddPermission',
    },
  },
  {
    title: 'The code of a function',
    path: 'Replaces the code of a function that has a strong role; it runs at its next event, or at once where it may be called.',
    sets: {
      'lambda-003': 'lambda:UpdateFunctionCode',
      'lambda-004': 'lambda:UpdateFunctionCode lambda:InvokeFunction',
      'lambda-005': 'lambda:UpdateFunctionCode lambda:AddPermission',
    },
  },
  {
    title: 'A container with a passed role',
    path: 'Registers a task definition with its own image and a role of choice, and runs it: as a service, as a task, or on a given host.',
    sets: {
      'ecs-001': 'iam:PassRole ecs:CreateCluster ecs:RegisterTaskDefinition ecs:CreateService',
      'ecs-002': 'iam:PassRole ecs:CreateCluster ecs:RegisterTaskDefinition ecs:RunTask',
      'ecs-003': 'iam:PassRole ecs:RegisterTaskDefinition ecs:CreateService',
      'ecs-004': 'iam:PassRole ecs:RegisterTaskDefinition ecs:RunTask',
      'ecs-005': 'iam:PassRole ecs:RegisterTaskDefinition ecs:StartTask',
    },
  },
  {
    title: 'A web service with a passed role',
    path: 'Makes an App Runner service from its own image with a role of choice, whose credentials the image uses.',
    sets: { 'apprunner-001': 'iam:PassRole apprunner:CreateService' },
  },
  {
    title: 'The image or start command of a web service',
    path: 'Points an App Runner service that has a strong role to its own image or start command; it is deployed with that role.',
    sets: { 'apprunner-002': 'apprunner:UpdateService' },
  },
  {
    title: 'A stack with a passed role',
    path: 'Has CloudFormation make, with a role of choice, resources that the caller may not make: an administrator role, for one.',
    sets: {
      'cloudformation-001': 'iam:PassRole cloudformation:CreateStack',
      'cloudformation-003': 'iam:PassRole cloudformation:CreateStackSet cloudformation:CreateStackInstances',
      'cloudformation-004': 'iam:PassRole cloudformation:UpdateStackSet',
    },
  },
  {
    title: 'The template of a stack',
    path: 'Changes the template of a stack that has a strong service role, directly or by a change set, so that CloudFormation makes an administrator.',
    sets: {
      'cloudformation-002': 'cloudformation:UpdateStack',
      'cloudformation-005': 'cloudformation:CreateChangeSet cloudformation:ExecuteChangeSet',
    },
  },
  {
    title: 'A build with a passed role',
    path: 'Makes a build project with a role of choice and commands of its own, and starts it.',
    sets: {
      'codebuild-001': 'iam:PassRole codebuild:CreateProject codebuild:StartBuild',
      'codebuild-004': 'iam:PassRole codebuild:CreateProject codebuild:StartBuildBatch',
    },
  },
  {
    title: 'The commands of a build',
    path: 'Starts a build of a project that has a strong role, with other commands than those of the project.',
    sets: { 'codebuild-002': 'codebuild:StartBuild', 'codebuild-003': 'codebuild:StartBuildBatch' },
  },
  {
    title: 'A data pipeline with a passed role',
    path: 'Makes a pipeline with a role of choice that starts a machine and runs a command on it.',
    sets: {
      'datapipeline-001':
        'iam:PassRole datapipeline:CreatePipeline datapipeline:PutPipelineDefinition datapipeline:ActivatePipeline',
    },
  },
  {
    title: 'A Glue endpoint with a passed role',
    path: 'Makes a development endpoint with a role of choice and its own key, and signs in to it.',
    sets: { 'glue-001': 'iam:PassRole glue:CreateDevEndpoint' },
  },
  {
    title: 'The keys of a Glue endpoint',
    path: 'Adds its own key to a development endpoint that has a strong role, and signs in to it.',
    sets: { 'glue-002': 'glue:UpdateDevEndpoint' },
  },
  {
    title: 'A Glue job with a passed role',
    path: 'Makes a job of its own script with a role of choice, or gives both to an existing job, and runs it at once or by a trigger.',
    sets: {
      'glue-003': 'iam:PassRole glue:CreateJob glue:StartJobRun',
      'glue-004': 'iam:PassRole glue:CreateJob glue:CreateTrigger',
      'glue-005': 'iam:PassRole glue:UpdateJob glue:StartJobRun',
      'glue-006': 'iam:PassRole glue:UpdateJob glue:CreateTrigger',
    },
  },
  {
    title: 'A SageMaker notebook or job with a passed role',
    path: 'Makes a notebook, a training job or a processing job with a role of choice, and runs its own code in it.',
    sets: {
      'sagemaker-001': 'iam:PassRole sagemaker:CreateNotebookInstance',
      'sagemaker-002': 'iam:PassRole sagemaker:CreateTrainingJob',
      'sagemaker-003': 'iam:PassRole sagemaker:CreateProcessingJob',
    },
  },
  {
    title: 'The door to a notebook',
    path: 'Has a signed address made for a notebook that has a strong role, opens it and runs code there.',
    sets: { 'sagemaker-004': 'sagemaker:CreatePresignedNotebookInstanceUrl' },
  },
  {
    title: 'The start script of a notebook',
    path: 'Writes a lifecycle script, stops a notebook that has a strong role, attaches the script and starts the notebook again.',
    sets: {
      'sagemaker-005': `sagemaker:CreateNotebookInstanceLifecycleConfig sagemaker:StopNotebookInstance
        sagemaker:UpdateNotebookInstance sagemaker:StartNotebookInstance`,
    },
  },
  {
    title: 'A code interpreter with a passed role',
    path: 'Makes an AgentCore code interpreter with a role of choice, opens a session and reads the credentials of the role from inside.',
    sets: {
      'bedrock-001': `iam:PassRole bedrock-agentcore:CreateCodeInterpreter
        bedrock-agentcore:StartCodeInterpreterSession bedrock-agentcore:InvokeCodeInterpreter`,
    },
  },
  {
    title: 'The code interpreter of an agent',
    path: 'Opens a session in an AgentCore code interpreter that has a strong role, and runs commands as that role.',
    sets: { 'bedrock-002': 'bedrock-agentcore:StartCodeInterpreterSession bedrock-agentcore:InvokeCodeInterpreter' },
  },
  {
    title: 'An agent runtime with a passed role',
    path: 'Deploys its own code as an AgentCore runtime with a role of choice, or puts both into an existing runtime, and invokes it.',
    sets: {
      'assay-agentcore-new-runtime':
        'iam:PassRole bedrock-agentcore:CreateAgentRuntime bedrock-agentcore:InvokeAgentRuntime',
      'assay-agentcore-changed-runtime':
        'iam:PassRole bedrock-agentcore:UpdateAgentRuntime bedrock-agentcore:InvokeAgentRuntime',
    },
  },
  {
    title: 'Commands inside an agent runtime',
    path: 'Runs commands, or opens a shell, in an AgentCore runtime that has a strong role.',
    sets: {
      'assay-agentcore-command': 'bedrock-agentcore:InvokeAgentRuntimeCommand',
      'assay-agentcore-shell': 'bedrock-agentcore:InvokeAgentRuntimeCommandShell',
    },
  },
  {
    title: 'A Bedrock agent with a passed role',
    path: 'Makes an agent that acts with a role of choice, or gives the role to an existing one, and tells it which functions and documents to use.',
    sets: {
      'assay-bedrock-new-agent': `iam:PassRole bedrock:CreateAgent bedrock:CreateAgentActionGroup
        bedrock:PrepareAgent bedrock:InvokeAgent`,
      'assay-bedrock-changed-agent': 'iam:PassRole bedrock:UpdateAgent bedrock:PrepareAgent bedrock:InvokeAgent',
    },
  },
  {
    title: 'The functions of a Bedrock agent',
    path: 'Changes what an agent with a strong role can call, prepares it and asks it to.',
    sets: { 'assay-bedrock-action-group': 'bedrock:UpdateAgentActionGroup bedrock:PrepareAgent bedrock:InvokeAgent' },
  },
  {
    title: 'An AI key of another user',
    path: 'Makes, or resets, an API key for Claude or Bedrock in the name of another user and calls the service with the rights of that user.',
    sets: {
      'assay-ai-key-new': 'iam:CreateServiceSpecificCredential',
      'assay-ai-key-reset': 'iam:ResetServiceSpecificCredential',
    },
  },
];

/** Every known set, in the order of mechanisms. */
export const escalationSets: readonly EscalationSet[] = mechanisms.flatMap(({ title, path, sets }) =>
  Object.entries(sets).map(([id, needs]) => ({
    id,
    title,
    needs: needs.split(/\s+/),
    path,
    source: id.startsWith('assay-') ? 'assay' : `pathfinding ${id}`,
  })),
);
