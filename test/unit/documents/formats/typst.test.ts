import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { linkFormatFor } from '../../../../src/documents/linkFormats';
import { withTemplate } from '../../../../src/documents/linkTemplates';
import { awkwardCases } from '../awkwardCases';
import { onePixel } from './onePixel';

const format = linkFormatFor('typst');

describe('images with awkward names and texts in Typst', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'easel-typst-'));
    for (const { path } of awkwardCases) {
      const file = join(folder, 'pages/one', path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, onePixel);
    }
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** What a document of the folder has of an element, as Typst's own compiler answers it. */
  function query(text: string, selector: string): Record<string, unknown>[] {
    const main = join(folder, 'pages/one/main.typ');
    writeFileSync(main, text);
    const compiler = NodeCompiler.create({ workspace: folder });
    // The compiler tells of its document as JSON.
    return compiler.query({ mainFilePath: main }, { selector }) as Record<string, unknown>[];
  }

  it('are found, opened and read back by its compiler', () => {
    const links = awkwardCases.map(({ path, altText }) => format.link(path, altText));
    const images = query(links.join('\n'), 'image');
    assert.deepEqual(
      images.map(({ alt }) => alt),
      awkwardCases.map(({ altText }) => altText),
    );
    // Each has been decoded, or the compiler had stopped.
    assert.ok(images.length >= 200);
  });

  it('have captions of the same text by a template', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the variables' names
    const template = '#figure(image("${path}", alt: "${alt}"), caption: [a ${alt} z])';
    const { link } = withTemplate(format, template);
    const links = awkwardCases.map(({ path, altText }) => link(path, altText));
    const figures = query(links.join('\n'), 'figure');
    assert.deepEqual(
      figures.map(({ body, caption }) => [
        (body as { alt?: unknown }).alt,
        textOf((caption as { body?: unknown }).body),
      ]),
      awkwardCases.map(({ altText }) => [altText, `a ${altText} z`.replace(/ +/g, ' ')]),
    );
  });

  it('wait in comments that are not shown', () => {
    const comments = awkwardCases.map(({ altText }) => format.comment(altText));
    const text = `#metadata("start") <mark>\n${comments.join('\n')}\n#metadata("end") <mark>`;
    assert.deepEqual(
      query(text, '<mark>').map(({ value }) => value),
      ['start', 'end'],
    );
  });
});

/** Of content as the compiler's JSON has it. */
function textOf(content: unknown): string {
  if (typeof content !== 'object' || content === null) return '';
  const { func, text, children } = content as Record<string, unknown>;
  if (func === 'space') return ' ';
  if (typeof text === 'string') return text;
  return Array.isArray(children) ? children.map(textOf).join('') : `<${String(func)}>`;
}
