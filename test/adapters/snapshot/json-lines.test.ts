import { faultOf, folderWith, one } from './folder.ts';

describe('a .jsonl file is refused', () => {
  const good = '{"input":{},"output":{}}';
  test.each([
    {
      name: 'a line that is not JSON',
      text: `${good}\n\n{"input":{},"output":x}`,
      fault: 'NOT_JSON f: line 3, column 22: not JSON: unexpected "x"',
    },
    {
      name: 'a line cut off',
      text: `${good}\n{"input":{}`,
      fault: 'NOT_JSON f: line 2, column 12: not JSON: the text ends too early',
    },
    { name: 'a list', text: '[]', fault: 'WRONG_SHAPE f: line 1: a list, not an object' },
    { name: 'no input', text: '{"output":{}}', fault: 'WRONG_SHAPE f: line 1: no `input`' },
    {
      name: 'an input that is no object',
      text: '{"input":[],"output":{}}',
      fault: 'WRONG_SHAPE f: line 1: `input` is not an object',
    },
    { name: 'no answer', text: `${good}\n{"input":{}}`, fault: 'WRONG_SHAPE f: line 2: neither `output` nor `error`' },
    {
      name: 'two answers',
      text: '{"input":{},"output":{},"error":{"name":"A","message":""}}',
      fault: 'WRONG_SHAPE f: line 1: both `output` and `error`',
    },
    {
      name: 'an output that is no object',
      text: '{"input":{},"output":[]}',
      fault: 'WRONG_SHAPE f: line 1: `output` is not an object',
    },
    {
      name: 'an error without a name',
      text: '{"input":{},"error":{}}',
      fault: 'WRONG_SHAPE f: line 1: `error` has no `name`',
    },
    { name: 'an unknown key', text: '{"input":{},"outptu":{}}', fault: 'WRONG_SHAPE f: line 1: unknown key `outptu`' },
    {
      name: 'a moment that is none',
      text: '{"at":"soon","input":{},"output":{}}',
      fault: 'WRONG_SHAPE f: line 1: `at` is not a time',
    },
    {
      name: 'another Region',
      text: '{"region":"eu-west-1","input":{},"output":{}}',
      fault: 'WRONG_SHAPE f: line 1: `region` is not that of the folder, global',
    },
    {
      name: 'another operation',
      text: '{"operation":"iam:X","input":{},"output":{}}',
      fault: 'WRONG_SHAPE f: line 1: `operation` is not that of the file, iam:GenerateCredentialReport',
    },
  ])('for $name', async ({ text, fault }) => {
    const path = `${one}/global/iam.GenerateCredentialReport.jsonl`;
    expect((await faultOf(folderWith({ [path]: text }))).replace(path, 'f')).toContain(fault);
  });
});
