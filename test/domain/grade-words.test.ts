import { throughWords } from '../../src/domain/grade-words.ts';

test.each([
  { grade: 'partial', open: 3, probes: 7, expected: '3 of 7 kinds of request get through' },
  { grade: 'partial', open: 1, probes: 7, expected: '1 of 7 kinds of request gets through' },
  {
    grade: 'partial',
    open: 2,
    probes: 2,
    expected: 'all 2 kinds of request get through, but not under every condition',
  },
  {
    grade: 'partial',
    open: 1,
    probes: 1,
    expected: 'its one kind of request gets through, but not under every condition',
  },
  { grade: 'absent', open: 2, probes: 2, expected: 'all 2 kinds of request get through' },
])('$grade, $open of $probes: $expected', ({ expected, ...it }) => {
  expect(throughWords(it)).toBe(expected);
});
