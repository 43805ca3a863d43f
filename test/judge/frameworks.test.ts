import { frameworks } from '../../src/catalogue/frameworks/index.ts';
import { allControls } from '../../src/controls/all.ts';
import { askedRequirements, laxerThan, requirementKey } from '../../src/judge/requirements.ts';
import type { Metric } from '../../src/metrics/define.ts';
import * as metrics from '../../src/metrics/index.ts';

const listed = new Map(frameworks.map(({ id, requirements }) => [id as string, requirements.map((it) => it.id)]));
const speakers = [
  ...allControls.map(({ id, frameworks: own }) => ({ id, own })),
  ...(Object.values(metrics) as readonly Metric[]).map(({ id, frameworks: own = {} }) => ({ id, own })),
];

test.each(speakers)('$id names requirements that exist, each once', ({ own }) => {
  for (const [framework, ids] of Object.entries(own)) {
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(listed.get(framework)).toContain(id);
  }
});

test.each(allControls)('$id answers a requirement, or says why none asks for it', ({ frameworks: own, unmapped }) => {
  expect(Object.keys(own).length > 0).toBe(unmapped === undefined);
});

test('a requirement says what is answered exactly where something speaks to it, and always what is not', () => {
  for (const it of askedRequirements) {
    const key = requirementKey(it);
    expect([key, it.answers !== null]).toEqual([key, it.controls.length + it.metrics.length > 0]);
    if (it.answers === null) expect([key, it.notCovered]).not.toEqual([key, null]);
    for (const text of [it.answers, it.notCovered]) if (text !== null) expect(text).toMatch(/^\S.*\.$/);
    expect(it.label).toMatch(/^[^.]+$/);
  }
});

test('a number that a requirement states is a threshold of a control that speaks to it, and its default meets it', () => {
  const stating = askedRequirements.filter(({ limit }) => limit !== undefined);
  expect(stating.length).toBeGreaterThan(12);
  for (const it of stating) {
    expect(it.controls.find(({ id }) => id === it.limit?.control)?.thresholds).toHaveProperty(
      it.limit?.threshold ?? '',
    );
    expect([requirementKey(it), laxerThan(it, { settings: {}, window: 90 })]).toEqual([requirementKey(it), null]);
  }
});

test('a requirement whose label names a number of days states it as a limit', () => {
  for (const { label, limit, ...it } of askedRequirements) {
    const days = /(\d+) days/.exec(label)?.[1];
    if (days !== undefined)
      expect([requirementKey(it), limit]).toMatchObject([requirementKey(it), { atMost: Number(days) }]);
  }
});

test('ids are unique within a framework, and frameworks carry their version', () => {
  for (const ids of listed.values()) expect(new Set(ids).size).toBe(ids.length);
  expect(listed.size).toBe(frameworks.length);
  expect([...listed.keys()].filter((id) => id.startsWith('cis-'))).toEqual([
    'cis-aws-7.0.0',
    'cis-aws-5.0.0',
    'cis-aws-3.0.0',
  ]);
});

test('what no published mapping holds is marked as our proposal', () => {
  const proposals = askedRequirements.filter(({ proposal }) => proposal === true).map(requirementKey);
  for (const key of ['AC-2', 'AC-3', 'AC-6(7)', 'IA-5']) expect(proposals).toContain(`nist-800-53-r5/${key}`);
  expect(proposals).toContain('soc-2/CC6.2');
  expect(proposals).not.toContain('cis-aws-7.0.0/2.11');
});
