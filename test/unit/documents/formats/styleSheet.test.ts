import assert from 'node:assert/strict';
import { parse, walk } from 'css-tree';
import { linkFormatFor } from '../../../../src/documents/linkFormats';
import { awkwardCases } from '../awkwardCases';
import { decodedPath, plainPath } from '../awkwardText';

describe('images with awkward names in a style sheet', () => {
  for (const languageId of ['css', 'scss', 'less']) {
    it(`are read back by css-tree from ${languageId}, with no interpolation`, () => {
      const { link } = linkFormatFor(languageId);
      const rules = awkwardCases.map(
        ({ path, altText }) => `a { background: ${link(path, altText)} no-repeat; }`,
      );
      for (const rule of rules) assert.doesNotMatch(rule, /[#@]\{/);
      const problems: string[] = [];
      const tree = parse(rules.join('\n'), {
        onParseError: ({ message }) => problems.push(message),
      });
      const paths: string[] = [];
      walk(tree, { visit: 'Url', enter: ({ value }) => paths.push(decodedPath(value)) });
      assert.deepEqual(problems, []);
      assert.deepEqual(
        paths,
        awkwardCases.map(({ path }) => plainPath(path)),
      );
    });
  }

  it('are read back without quotation marks and with either kind', () => {
    const { target } = linkFormatFor('css');
    for (const quote of ['', '"', "'"]) {
      const rules = awkwardCases.map(
        ({ path }) => `a { background: url(${quote}${target(path)}${quote}); }`,
      );
      const paths: string[] = [];
      walk(parse(rules.join('\n')), {
        visit: 'Url',
        enter: ({ value }) => paths.push(decodedPath(value)),
      });
      assert.deepEqual(
        paths,
        awkwardCases.map(({ path }) => plainPath(path)),
      );
    }
  });
});
