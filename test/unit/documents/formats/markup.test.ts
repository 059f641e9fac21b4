import assert from 'node:assert/strict';
import { parse as parseVue } from '@vue/compiler-dom';
import markdownIt from 'markdown-it';
import { parseFragment } from 'parse5';
import { linkFormatFor } from '../../../../src/documents/linkFormats';
import { awkwardCases } from '../awkwardCases';
import { decodedPath, plainPath } from '../awkwardText';

/** What a reader found of one image. */
type Found = readonly [path: string, altText: string];

const expected = awkwardCases.map(({ path, altText }): Found => [plainPath(path), altText]);

function written(languageId: string): string[] {
  const { link } = linkFormatFor(languageId);
  return awkwardCases.map(({ path, altText }) => link(path, altText));
}

function found(path: string | undefined, altText: string | undefined): Found {
  return [decodedPath(path ?? ''), altText ?? ''];
}

/** Of the one element in a piece of HTML. */
function readHtml(html: string): Found {
  const { childNodes } = parseFragment(html);
  const [image] = childNodes;
  assert.equal(childNodes.length, 1, html);
  assert.ok(image && 'attrs' in image, html);
  const attributes = new Map(image.attrs.map(({ name, value }) => [name, value]));
  assert.deepEqual([...attributes.keys()], ['src', 'alt'], html);
  return found(attributes.get('src'), attributes.get('alt'));
}

describe('images with awkward names and texts', () => {
  it('are at least 200', () => {
    assert.ok(awkwardCases.length >= 200);
  });

  it('are read back by markdown-it', () => {
    const markdown = markdownIt({ html: true, linkify: true });
    const images = markdown
      .parse(written('markdown').join('\n\n'), {})
      .flatMap(({ children }) => children ?? [])
      .map((token) => {
        assert.equal(token.type, 'image');
        const text = markdown.renderer.renderInlineAsText(
          token.children ?? [],
          markdown.options,
          {},
        );
        return found(String(token.attrGet('src')), text);
      });
    assert.deepEqual(images, expected);
  });

  for (const languageId of ['html', 'php', 'jinja', 'liquid', 'handlebars', 'blade', 'razor']) {
    it(`are read back by parse5 from ${languageId}, with nothing that a template engine reads`, () => {
      const links = written(languageId);
      assert.deepEqual(links.map(readHtml), expected);
      const isCode = languageId === 'blade' || languageId === 'razor';
      for (const link of links) assert.doesNotMatch(link, isCode ? /[{}@]|<[?%]/ : /[{}]|<[?%]/);
    });
  }

  it('are read back by the compiler of Vue, which hands them to the bundler', () => {
    const images = parseVue(written('vue').join('\n')).children.flatMap((node) => {
      if (!('props' in node)) return [];
      const values = node.props.map((prop) =>
        'value' in prop ? [prop.name, prop.value?.content] : [],
      );
      const { src, alt } = Object.fromEntries(values);
      assert.match(src, /^\./);
      return [found(src, alt)];
    });
    assert.deepEqual(images, expected);
  });

  it('are read back by the compiler of Svelte', async () => {
    const { parse } = await import('svelte/compiler');
    const { nodes } = parse(written('svelte').join('\n'), { modern: true }).fragment;
    const images = nodes.flatMap((node) => {
      if (node.type !== 'RegularElement') return [];
      const values = node.attributes.map((attribute) => {
        assert.ok(attribute.type === 'Attribute');
        const parts = [attribute.value].flat();
        const texts = parts.map((part) => {
          if (part === true) return '';
          assert.ok(part.type === 'Text', 'an expression');
          return part.data;
        });
        return [attribute.name, texts.join('')];
      });
      const { src, alt } = Object.fromEntries(values);
      return [found(src, alt)];
    });
    assert.deepEqual(images, expected);
  });

  it('are read back by the compiler of Astro', async () => {
    const { parse } = await import('@astrojs/compiler');
    const { ast } = await parse(written('astro').join('\n'));
    const images = ast.children.flatMap((node) => {
      if (node.type !== 'element') return [];
      const values = node.attributes.map(({ name, kind, value }) => {
        if (kind === 'expression') return [name, JSON.parse(value)];
        // What the compiler has decoded it writes into the page as it is, where a browser decodes it again.
        assert.equal(kind, 'quoted');
        const [text] = parseFragment(value.replaceAll('<', '&lt;')).childNodes;
        return [name, text && 'value' in text ? text.value : ''];
      });
      const { src, alt } = Object.fromEntries(values);
      return [found(src, alt)];
    });
    assert.deepEqual(images, expected);
  });
});
