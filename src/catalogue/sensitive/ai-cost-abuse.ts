import type { Grounds } from './classes.ts';

export const aiCostAbuse: Grounds = {
  'model answers that the account pays for': `
    aws-external-anthropic:CreateInference bedrock-mantle:CreateInference bedrock:InvokeDataAutomation
    bedrock:InvokeModel bedrock:InvokeModelWithResponseStream bedrock:InvokeTool`,
  'model answers in bulk':
    'aws-external-anthropic:CreateBatchInference bedrock:CreateModelInvocationJob bedrock:InvokeDataAutomationAsync',
  'agents and flows that work on the account': `
    aws-external-anthropic:CreateSession bedrock-agentcore:InvokeAgentRuntime
    bedrock-agentcore:InvokeAgentRuntimeWithWebSocketStream bedrock-agentcore:InvokeHarness bedrock:InvokeAgent
    bedrock:InvokeFlow bedrock:InvokeInlineAgent bedrock:RetrieveAndGenerate bedrock:StartFlowExecution`,
  'capacity that is billed whether used or not':
    'bedrock-mantle:CreateReservation bedrock:CreateMarketplaceModelEndpoint bedrock:CreateProvisionedModelThroughput',
  'training runs at the expense of the account':
    'bedrock-mantle:CreateFineTuningJob bedrock:CreateModelCustomizationJob',
  'contracts for models at a price':
    'bedrock:CreateFoundationModelAgreement bedrock:PutFoundationModelEntitlement bedrock:PutUseCaseForModelAccess',
  'payments that an agent makes with money of the company':
    'bedrock-agentcore:CreatePaymentSession bedrock-agentcore:ProcessPayment',
};
