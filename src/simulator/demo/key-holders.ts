import type { CredentialSpec, UserSpec } from '../build-identities.ts';
import type { AccountName } from './places.ts';

// Every user who holds a service-specific credential, and every phantom user, one line each. A holder who is not proven used is
// unread: only last-accessed data could show the use of such a credential.

export interface KeyHolder extends UserSpec {
  readonly account: AccountName;
}

type Rest = Omit<CredentialSpec, 'service'>;
const of =
  (service: string) =>
  (rest: Rest = {}): CredentialSpec => ({ service: `${service}.amazonaws.com`, ...rest });

const claude = of('aws-external-anthropic');
const bedrock = of('bedrock');
const codecommit = of('codecommit');
const keyspaces = of('cassandra');
const logs = of('logs');
const metrics = of('cloudwatch');

const inactive: Rest = { status: 'Inactive' };
/** AWS keeps the word `Active` for a while after the date, then says `Expired`. */
const past = (days: number): Rest => ({ expires: -days });
const markedExpired = (days: number): Rest => ({ expires: -days, status: 'Expired' });
const until = (days: number): Rest => ({ expires: days });

// biome-ignore format: a table
export const phantoms: readonly KeyHolder[] = [
  { account: 'ai-gateway',        name: 'AeaApiKey-gw7f3k2m',     created: 200, credentials: [claude()] },
  { account: 'ai-gateway',        name: 'AeaApiKey-gw9q8r1t',     created: 150, credentials: [claude(until(3000))] },
  { account: 'ai-inference',      name: 'AeaApiKey-in4h6j8l',     created: 173, credentials: [claude(until(7))] },
  { account: 'ai-inference',      name: 'BedrockAPIKey-in2c',     created: 320, credentials: [bedrock()] },
  { account: 'ai-agents',         name: 'BedrockAPIKey-ag5x',     created: 130, credentials: [bedrock(past(10))] },
  { account: 'ai-agents',         name: 'BedrockAPIKey-ag8z',     created: 140, credentials: [bedrock(until(60)), bedrock(inactive)] },
  { account: 'ai-research',       name: 'AeaApiKey-rs1v5b7n',     created: 170, credentials: [claude(markedExpired(40))] },
  { account: 'ai-research',       name: 'AeaApiKey-rs3d9f2g',     created: 160, credentials: [claude(inactive)] },
  // At risk: somebody gave the phantom an access key, and uses it. Proven used, although it holds an AI key.
  { account: 'ai-research',       name: 'BedrockAPIKey-rs6w',     created: 210, keys: [4], credentials: [bedrock()] },
  // Orphaned: the key was deleted, the user stayed. It holds nothing, so the credential report is enough: unused.
  { account: 'dev-ai',            name: 'BedrockAPIKey-dv1o',     created: 400 },
  { account: 'dev-ai',            name: 'AeaApiKey-dv4s6t8u',     created: 180, keys: [null], credentials: [claude()] },
  { account: 'sandbox-hackathon', name: 'AeaApiKey-hk2y4p6a',     created: 5,   credentials: [claude(until(1))] },
  { account: 'sandbox-hackathon', name: 'BedrockAPIKey-hk9e',     created: 20,  credentials: [bedrock(until(30))] },
  { account: 'sandbox-anna',      name: 'BedrockAPIKey-an3i',     created: 380 },
  { account: 'payments-core',     name: 'AeaApiKey-pc5m7n9q',     created: 120, credentials: [claude()] },
  { account: 'ci-build',          name: 'AeaApiKey-ci8k1l3z',     created: 190, credentials: [claude(), claude(until(90))] },
  { account: 'data-lake',         name: 'BedrockAPIKey-dl7c',     created: 300, credentials: [bedrock(until(365))] },
  { account: 'data-lake',         name: 'AeaApiKey-dl2x4c6v',     created: 145, credentials: [claude(past(1))] },
];

// biome-ignore format: a table
export const ordinaryHolders: readonly KeyHolder[] = [
  { account: 'ai-gateway',        name: 'svc-claude-proxy',       keys: [2],     credentials: [claude(until(90))] },
  { account: 'ai-inference',      name: 'svc-benchmark',          keys: [],      credentials: [bedrock()] },
  { account: 'ai-research',       name: 'marie.dubois',           password: 6,   credentials: [claude(until(20)), bedrock(until(20))] },
  { account: 'dev-ai',            name: 'svc-notebook',           keys: [],      credentials: [bedrock(inactive)] },
  { account: 'dev-web',           name: 'lars.nielsen',           password: 33,  credentials: [claude(markedExpired(12))] },
  { account: 'dev-payments',      name: 'svc-docs-bot',           keys: [],      credentials: [claude(inactive), bedrock(until(3))] },
  { account: 'payments-cards',    name: 'svc-fraud-model',        keys: [120],   credentials: [bedrock(until(400))] },
  { account: 'sandbox-anna',      name: 'anna.kowalska',          password: 1,   credentials: [claude()] },
  { account: 'sandbox-hackathon', name: 'team-07',                password: 2, created: 3, credentials: [claude(until(1))] },
  // Credentials of the same mechanism that are no AI keys.
  { account: 'management',        name: 'svc-legacy-git',         keys: [],      credentials: [codecommit(inactive)] },
  { account: 'shared-services',   name: 'svc-git',                keys: [],      credentials: [codecommit()] },
  { account: 'ci-build',          name: 'svc-release',            keys: [1],     credentials: [codecommit()] },
  { account: 'ci-build',          name: 'svc-mirror',             keys: [200],   credentials: [codecommit()] },
  { account: 'web-shop',          name: 'svc-keyspaces',          keys: [],      credentials: [keyspaces()] },
  { account: 'data-lake',         name: 'svc-catalogue',          keys: [5],     credentials: [keyspaces()] },
  { account: 'customer-portal',   name: 'svc-log-shipper',        keys: [],      credentials: [logs(until(100))] },
  { account: 'backup',            name: 'svc-metrics',            keys: [],      credentials: [metrics()] },
];
