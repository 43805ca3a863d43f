import type { CredentialSpec, UserSpec } from '../build-identities.ts';
import type { AccountName } from './places.ts';

// Every user who holds a service-specific credential, and every phantom user, one line each. Only last-accessed data shows the use of
// such a credential: `uses` plants it, in days, null for none.

export interface KeyHolder extends UserSpec {
  readonly account: AccountName;
}

type Rest = Omit<CredentialSpec, 'service'>;
const of =
  (service: string) =>
  (rest: Rest = {}): CredentialSpec => ({ service: `${service}.amazonaws.com`, ...rest });

const platform = 'aws-external-anthropic';
const claude = of(platform);
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
  { account: 'ai-gateway',        name: 'AeaApiKey-gw7f3k2m',     created: 200, credentials: [claude()], uses: { [platform]: 1 } },
  { account: 'ai-gateway',        name: 'AeaApiKey-gw9q8r1t',     created: 150, credentials: [claude(until(3000))], uses: { [platform]: null } },
  { account: 'ai-inference',      name: 'AeaApiKey-in4h6j8l',     created: 173, credentials: [claude(until(7))], uses: { [platform]: 30 } },
  { account: 'ai-inference',      name: 'BedrockAPIKey-in2c',     created: 320, credentials: [bedrock()], uses: { bedrock: null } },
  { account: 'ai-agents',         name: 'BedrockAPIKey-ag5x',     created: 130, credentials: [bedrock(past(10))], uses: { bedrock: 11 } },
  { account: 'ai-agents',         name: 'BedrockAPIKey-ag8z',     created: 140, credentials: [bedrock(until(60)), bedrock(inactive)], uses: { bedrock: 100 } },
  { account: 'ai-research',       name: 'AeaApiKey-rs1v5b7n',     created: 170, credentials: [claude(markedExpired(40))], uses: { [platform]: null } },
  { account: 'ai-research',       name: 'AeaApiKey-rs3d9f2g',     created: 160, credentials: [claude(inactive)], uses: { [platform]: 130 } },
  // At risk: somebody gave the phantom an access key, and uses it. Proven used, although it holds an AI key.
  { account: 'ai-research',       name: 'BedrockAPIKey-rs6w',     created: 210, keys: [4], credentials: [bedrock()], uses: { bedrock: 2 } },
  // Orphaned: the key was deleted, the user stayed. It holds nothing, so the credential report is enough: unused.
  { account: 'dev-ai',            name: 'BedrockAPIKey-dv1o',     created: 400 },
  { account: 'dev-ai',            name: 'AeaApiKey-dv4s6t8u',     created: 180, keys: [null], credentials: [claude()], uses: { [platform]: null } },
  { account: 'sandbox-hackathon', name: 'AeaApiKey-hk2y4p6a',     created: 5,   credentials: [claude(until(1))], uses: { [platform]: 1 } },
  { account: 'sandbox-hackathon', name: 'BedrockAPIKey-hk9e',     created: 20,  credentials: [bedrock(until(30))], uses: { bedrock: null } },
  // Orphaned as well, and not safe to delete unseen: somebody gave it a console password.
  { account: 'sandbox-anna',      name: 'BedrockAPIKey-an3i',     created: 380, password: null },
  // Not measured: a policy keeps everybody from listing its credentials. It has a live key, which nobody can know.
  { account: 'dev-web',           name: 'BedrockAPIKey-dw0s',     created: 250, sealed: true, credentials: [bedrock()], uses: { bedrock: null } },
  { account: 'payments-core',     name: 'AeaApiKey-pc5m7n9q',     created: 120, credentials: [claude()], uses: { [platform]: null } },
  { account: 'ci-build',          name: 'AeaApiKey-ci8k1l3z',     created: 190, credentials: [claude(), claude(until(90))], uses: { [platform]: 10 } },
  { account: 'data-lake',         name: 'BedrockAPIKey-dl7c',     created: 300, credentials: [bedrock(until(365))], uses: { bedrock: 5 } },
  { account: 'data-lake',         name: 'AeaApiKey-dl2x4c6v',     created: 145, credentials: [claude(past(1))], uses: 'failed' },
];

// biome-ignore format: a table
export const ordinaryHolders: readonly KeyHolder[] = [
  { account: 'ai-gateway',        name: 'svc-claude-proxy',       keys: [2], owner: 'platform-team', credentials: [claude(until(90))], uses: { [platform]: 2 } },
  { account: 'ai-inference',      name: 'svc-benchmark',          keys: [],      credentials: [bedrock()], uses: { bedrock: 4 } },
  { account: 'ai-research',       name: 'marie.dubois',           password: 6,   credentials: [claude(until(20)), bedrock(until(20))], uses: { [platform]: 40, bedrock: 6 } },
  { account: 'dev-ai',            name: 'svc-notebook',           keys: [],      credentials: [bedrock(inactive)], uses: { bedrock: 150 } },
  { account: 'dev-web',           name: 'lars.nielsen',           password: 33,  credentials: [claude(markedExpired(12))], uses: { [platform]: null } },
  { account: 'dev-payments',      name: 'svc-docs-bot',           keys: [],      credentials: [claude(inactive), bedrock(until(3))], uses: { [platform]: null, bedrock: 3 } },
  { account: 'payments-cards',    name: 'svc-fraud-model',        keys: [120], owner: 'fraud-analytics', credentials: [bedrock(until(400))], uses: { bedrock: 120, 'bedrock-mantle': 9 } },
  { account: 'sandbox-anna',      name: 'anna.kowalska',          password: 1,   credentials: [claude()], uses: { [platform]: null } },
  { account: 'sandbox-hackathon', name: 'team-07',                password: 2, created: 3, credentials: [claude(until(1))], uses: { [platform]: 2 } },
  // Credentials of the same mechanism that are no AI keys.
  { account: 'management',        name: 'svc-legacy-git',         keys: [],      credentials: [codecommit(inactive)], uses: { codecommit: null } },
  { account: 'shared-services',   name: 'svc-git',                keys: [],      credentials: [codecommit()], uses: { codecommit: 3 } },
  { account: 'ci-build',          name: 'svc-release',            keys: [1],     credentials: [codecommit()], uses: { codecommit: 1 } },
  { account: 'ci-build',          name: 'svc-mirror',             keys: [200],   credentials: [codecommit()], uses: { codecommit: 200 } },
  { account: 'web-shop',          name: 'svc-keyspaces',          keys: [],      credentials: [keyspaces()], uses: { cassandra: 60 } },
  { account: 'data-lake',         name: 'svc-catalogue',          keys: [5],     credentials: [keyspaces()], uses: { cassandra: 5 } },
  { account: 'customer-portal',   name: 'svc-log-shipper',        keys: [],      credentials: [logs(until(100))], uses: { logs: 1 } },
  { account: 'backup',            name: 'svc-metrics',            keys: [],      credentials: [metrics()], uses: { cloudwatch: null } },
];
