import type { Grounds } from './classes.ts';

export const agentTakeover: Grounds = {
  'instructions, tools or skills of the attacker in an agent that others trust': `
    aws-external-anthropic:CreateAgent aws-external-anthropic:CreateSkill aws-external-anthropic:UpdateAgent
    aws-external-anthropic:UpdateSkill bedrock-agentcore:UpdateConfigurationBundle bedrock-agentcore:UpdateHarness
    bedrock:AssociateAgentCollaborator bedrock:CreateAgentActionGroup bedrock:UpdateAgent
    bedrock:UpdateAgentActionGroup bedrock:UpdateAgentAlias bedrock:UpdateAgentCollaborator bedrock:UpdateFlow
    bedrock:UpdateFlowAlias bedrock:UpdatePrompt`,
  'an agent of the attacker that acts with a role of the account':
    'bedrock-agentcore:CreateAgentRuntime bedrock-agentcore:CreateHarness bedrock:CreateAgent',
  'code of the attacker in a running agent': 'bedrock-agentcore:UpdateAgentRuntime',
  'commands where agents run': `
    aws-external-anthropic:CreateEnvironment aws-external-anthropic:UpdateEnvironment
    bedrock-agentcore:CreateCodeInterpreter bedrock-agentcore:InvokeAgentRuntimeCommand
    bedrock-agentcore:InvokeAgentRuntimeCommandShell bedrock-agentcore:InvokeCodeInterpreter
    bedrock-agentcore:StartCodeInterpreterSession`,
  'the work of agents, taken from the queue and answered in their place':
    'aws-external-anthropic:ProcessEnvironmentWork',
  'a conversation in progress, steered or started with tools and credentials attached':
    'aws-external-anthropic:CreateSession aws-external-anthropic:UpdateSession',
  'an agent that believes it serves another user':
    'bedrock-agentcore:InvokeAgentRuntimeForUser bedrock-agentcore:InvokeAgentRuntimeWithWebSocketStreamForUser',
  'the browser of an agent, mid-task':
    'bedrock-agentcore:ConnectBrowserAutomationStream bedrock-agentcore:ConnectBrowserLiveViewStream',
  'false memories that an agent acts on': `
    aws-external-anthropic:UpdateMemoryStore bedrock-agentcore:BatchCreateMemoryRecords
    bedrock-agentcore:BatchUpdateMemoryRecords bedrock-agentcore:CreateEvent`,
  'false documents that an agent looks things up in': `
    bedrock:AssociateAgentKnowledgeBase bedrock:CreateDataSource bedrock:IngestKnowledgeBaseDocuments
    bedrock:UpdateDataSource bedrock:UpdateKnowledgeBase`,
  'tools of the attacker behind the gateway that agents call': `
    bedrock-agentcore:CreateGatewayTarget bedrock-agentcore:UpdateGateway bedrock-agentcore:UpdateGatewayTarget
    bedrock-agentcore:UpdateRegistryRecord`,
  'the tools behind a gateway, with the credentials the gateway holds for them': 'bedrock-agentcore:InvokeGateway',
  'credentials of the attacker in place of those an agent signs in with': `
    aws-external-anthropic:CreateVault aws-external-anthropic:UpdateVault
    bedrock-agentcore:UpdateApiKeyCredentialProvider bedrock-agentcore:UpdateOauth2CredentialProvider
    bedrock-agentcore:UpdatePaymentCredentialProvider`,
  'tokens of users sent to a return address of the attacker': 'bedrock-agentcore:UpdateWorkloadIdentity',
  'weights of the attacker behind a model that others call':
    'bedrock-mantle:AssociateCustomizedModel bedrock:UpdateCustomModelDeployment',
};
