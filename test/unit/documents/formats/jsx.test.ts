import assert from 'node:assert/strict';
import { parse } from '@babel/parser';
import { jsxImage } from '../../../../src/documents/formats/jsx';
import {
  freeName,
  importEdit,
  importedName,
  moduleSpecifier,
} from '../../../../src/documents/jsxImport';
import { linkFormatFor } from '../../../../src/documents/linkFormats';
import { awkwardCases } from '../awkwardCases';
import { decodedPath, plainPath } from '../awkwardText';

/** What an attribute is: a string, or the name of a variable. */
interface Attributes {
  readonly [name: string]: string;
}

/** The parts of Babel's tree that are read here. */
interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}

/** Every node of a type, in the order of the text. */
function nodesOf(type: string, root: unknown): Node[] {
  if (Array.isArray(root)) return root.flatMap((each) => nodesOf(type, each));
  if (!isNode(root)) return [];
  const inside = Object.values(root).flatMap((value) => nodesOf(type, value));
  return root.type === type ? [root, ...inside] : inside;
}

function textOf(value: unknown): string {
  assert.ok(isNode(value));
  if (value.type === 'JSXExpressionContainer') return textOf(value.expression);
  return String(value.value ?? value.name);
}

function imagesIn(code: string): Attributes[] {
  const file: unknown = parse(code, { sourceType: 'module', plugins: ['jsx', 'typescript'] });
  return nodesOf('JSXOpeningElement', file)
    .filter(({ name }) => isNode(name) && name.name === 'img')
    .map(({ attributes }) => {
      assert.ok(Array.isArray(attributes));
      const entries = attributes
        .filter(isNode)
        .map(({ name, value }) => [isNode(name) ? name.name : '', textOf(value)]);
      return Object.fromEntries(entries);
    });
}

describe('images with awkward names and texts in JSX', () => {
  it('are read back by Babel', () => {
    const { link } = linkFormatFor('typescriptreact');
    const links = awkwardCases.map(({ path, altText }) => link(path, altText));
    const images = imagesIn(`const page = <main>\n${links.join('\n')}\n</main>;`);
    assert.deepEqual(
      images.map(({ src = '', alt }) => [decodedPath(src), alt]),
      awkwardCases.map(({ path, altText }) => [plainPath(path), altText]),
    );
  });

  it('are imported under names of their own, which Babel connects with the right files', () => {
    const paths = [...new Set(awkwardCases.map(({ path }) => path))];
    let code = "'use client';\nconst page = <main>\n</main>;\n";
    for (const [index, path] of paths.entries()) {
      const specifier = moduleSpecifier(path);
      assert.equal(importedName(code, specifier), undefined, path);
      const name = freeName(code, path, new Set());
      const { offset, text } = importEdit(code, name, specifier);
      code = code.slice(0, offset) + text + code.slice(offset);
      assert.equal(importedName(code, specifier), name);
      code = code.replace('</main>', () => `${jsxImage(`{${name}}`, `image ${index}`)}\n</main>`);
    }
    const file: unknown = parse(code, { sourceType: 'module', plugins: ['jsx', 'typescript'] });
    const imports = nodesOf('ImportDeclaration', file).map(({ specifiers, source }) => {
      const [local] = nodesOf('ImportDefaultSpecifier', specifiers);
      return [textOf(local?.local), textOf(source)] as const;
    });
    const files = new Map(imports);
    assert.equal(files.size, paths.length);
    const images = imagesIn(code);
    assert.deepEqual(
      images.map(({ src = '' }) => files.get(src)),
      paths.map(moduleSpecifier),
    );
  });
});

describe('images with awkward names and texts in MDX', () => {
  it('are read back by its compiler', async () => {
    const { compile } = await import('@mdx-js/mdx');
    const { link } = linkFormatFor('mdx');
    const found: unknown[] = [];
    const collect = () => (tree: unknown) => {
      for (const { url, alt } of nodesOf('image', tree)) {
        found.push([decodedPath(String(url)), alt ?? '']);
      }
    };
    const links = awkwardCases.map(({ path, altText }) => link(path, altText));
    const code = String(await compile(links.join('\n\n'), { remarkPlugins: [collect] }));
    assert.equal(code.match(/_jsx\(_components\.img,/g)?.length, awkwardCases.length);
    assert.deepEqual(
      found,
      awkwardCases.map(({ path, altText }) => [plainPath(path), altText]),
    );
  });

  it('are read back as elements that show an imported image', async () => {
    const { compile } = await import('@mdx-js/mdx');
    const elements = awkwardCases.map(({ altText }) => jsxImage('{fox}', altText));
    const text = `import fox from './fox.png'\n\n${elements.join('\n\n')}\n`;
    const code = String(await compile(text, { jsx: true }));
    const images = imagesIn(code);
    assert.deepEqual(
      images.map(({ src, alt }) => [src, alt]),
      awkwardCases.map(({ altText }) => ['fox', altText]),
    );
  });
});
