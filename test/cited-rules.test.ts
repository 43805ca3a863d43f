import { readdirSync, readFileSync } from 'node:fs';

// What comments cite is in docs/design.md: a rule by `§n`, a fact about AWS by its row.

const design = readFileSync('docs/design.md', 'utf8');
const rules = new Set([...design.matchAll(/^\*\*§(\d+[a-z]?) /gm)].map(([, id]) => id));
const facts = new Set([...design.matchAll(/^\| ([A-Z]\.\d+) \|/gm)].map(([, id]) => id));

/** Ids after a word, also several: `design §3, §4`, `domain facts A.6, B.1`, `domain facts A.3 and B.2`. */
const cited = (text: string, word: string, id: string): string[] => {
  const list = new RegExp(`${word}\\s+(${id}(?:(?: no\\. \\d+)?(?:,| and)\\s+${id})*)`, 'g');
  return [...text.matchAll(list)].flatMap(([, ids = '']) => [...ids.matchAll(new RegExp(id, 'g'))].map(([one]) => one));
};

const files = ['src', 'tasks', 'infra', 'scripts'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((it) => it.isFile() && /\.(ts|mjs)$/.test(it.name))
    .map((it) => `${it.parentPath}/${it.name}`),
);

test('every rule and fact that the code cites is in docs/design.md', () => {
  const found = files.flatMap((path) => {
    const text = readFileSync(path, 'utf8').replace(/\n\s*(\*|\/\/) /g, ' ');
    return [
      ...cited(text, 'design', '§\\d+[a-z]?').map((id) => ({ path, id, known: rules.has(id.slice(1)) })),
      ...cited(text, 'domain facts', '[A-Z]\\.\\d+').map((id) => ({ path, id, known: facts.has(id) })),
    ];
  });
  expect(found.length).toBeGreaterThan(80);
  expect(found.filter(({ known }) => !known)).toEqual([]);
});

test('lists of ids are read whole', () => {
  const text = 'a (domain facts C.2 no. 16 and C.3; design §3, §4); domain facts A.6, B.1';
  expect(cited(text, 'domain facts', '[A-Z]\\.\\d+')).toEqual(['C.2', 'C.3', 'A.6', 'B.1']);
  expect(cited(text, 'design', '§\\d+[a-z]?')).toEqual(['§3', '§4']);
});
