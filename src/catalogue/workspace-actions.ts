// Actions of Claude Platform by what they mean for one workspace (domain facts A.3; Service Authorization Reference). The first two lists
// name the workspace as their resource; the third belongs to the whole account, so that no workspace ARN ever matches it.

/** Change a workspace or put it away. */
export const workspaceAdministration = [
  'aws-external-anthropic:UpdateWorkspace',
  'aws-external-anthropic:ArchiveWorkspace',
];
/** Run models or agents in it, or read what they were asked, remember and answered: reads that return content (domain facts A.3). */
export const workspaceUse = [
  'aws-external-anthropic:CreateInference',
  'aws-external-anthropic:CreateBatchInference',
  'aws-external-anthropic:CreateSession',
  'aws-external-anthropic:GetBatchInference',
  'aws-external-anthropic:GetFile',
  'aws-external-anthropic:GetMemoryStore',
  'aws-external-anthropic:GetSession',
  'aws-external-anthropic:GetSkill',
];
/** Enter the console, where workspaces are administered past IAM (domain facts A.3). */
export const consoleEntry = ['aws-external-anthropic:AssumeConsole'];
