import { withArtifacts } from '../../../src/adapters/pdf/artifacts.ts';
import { stableIds } from '../../../src/adapters/pdf/stable.ts';

test('a mark that is no tag is wrapped with what it holds', () => {
  const lines = ['/Span <</ActualText <20> >> BDC', '<0106> Tj', 'EMC'];
  expect(withArtifacts(lines.join('\n'))).toBe(['/Artifact BMC', ...lines, 'EMC'].join('\n'));
});

test.each([
  {
    case: 'a rule between tags',
    before: ['EMC', '0 0 9 1 re', 'f', '/P <</MCID 1 >>BDC'],
    after: ['EMC', '/Artifact BMC', '0 0 9 1 re', 'f', 'EMC', '/P <</MCID 1 >>BDC'],
  },
  {
    case: 'state alone stays',
    before: ['q', '1 0 0 RG', '/P <</MCID 0 >>BDC'],
    after: ['q', '1 0 0 RG', '/P <</MCID 0 >>BDC'],
  },
])('untagged content: $case', ({ before, after }) => {
  const open = '/P <</MCID 0 >>BDC';
  const prefix = before[0] === 'EMC' ? [open] : [];
  expect(withArtifacts([...prefix, ...before, 'f', 'EMC'].join('\n'))).toBe(
    [...prefix, ...after, 'f', 'EMC'].join('\n'),
  );
});

test('running element numbers become 1, 2, 3 in the same order and length', () => {
  const stable = stableIds(Buffer.from('/ID (node00002898) /Headers [(node00002905) (node00002898)]'));
  expect(stable.toString()).toBe('/ID (node00000001) /Headers [(node00000002) (node00000001)]');
});
