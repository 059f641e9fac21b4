import assert from 'node:assert/strict';
import { type FillFiles, type PlannedDocument, planFill } from '../../../src/documents/fillPlan';
import type { ImageLink } from '../../../src/documents/imageLink';

/** Files by URI; counts how often the disk was asked. */
class FakeFiles implements FillFiles {
  asked = 0;

  constructor(
    private readonly present: readonly string[],
    private readonly placeholders: readonly string[] = [],
    private readonly ignoresCase = false,
  ) {}

  async list(folder: string): Promise<ReadonlySet<string>> {
    this.asked += 1;
    const inFolder = this.present.filter((file) => file.startsWith(`${folder}/`));
    return new Set(inFolder.map((file) => decodeURIComponent(file.slice(folder.length + 1))));
  }

  async exists(file: string): Promise<boolean> {
    this.asked += 1;
    if (!this.ignoresCase) return this.present.includes(file);
    return this.present.some((each) => each.toLowerCase() === file.toLowerCase());
  }

  async isPlaceholder(file: string): Promise<boolean> {
    return this.placeholders.includes(file);
  }
}

/** Markdown as far as a test needs it; a comment asks for an image, `image:` is a field. */
function linksIn(text: string): ImageLink[] {
  const links = text.matchAll(/!\[(.*?)\]\((.*?)\)|<!-- TODO image: (.*?) -->|^image: ?(.*)$/gm);
  return Array.from(links, (match) => {
    const [all, alt, target, todo, field] = match;
    const start = match.index;
    const common = { start, end: start + all.length, targetStart: start, targetEnd: start };
    if (todo !== undefined) return { ...common, kind: 'todo', target: '', altText: todo };
    if (field !== undefined) return { ...common, kind: 'field', target: field, altText: '' };
    return { ...common, kind: 'link', target: target ?? '', altText: alt ?? '' };
  });
}

function documentOf(text: string, uri = 'file:///w/docs/guide.md'): PlannedDocument {
  return {
    uri,
    text,
    links: linksIn(text),
    fileOf: ({ target }) =>
      target.startsWith('https:') ? undefined : `file:///w/docs/${encodeURI(target)}`,
    promptOf: ({ altText }) => altText,
  };
}

const planOf = (text: string, files: FillFiles = new FakeFiles([])) =>
  planFill([documentOf(text)], files);

describe('the plan of missing images', () => {
  it('has what lacks its file, in order, with its line, its prompt and its file', async () => {
    const files = new FakeFiles(['file:///w/docs/img/here.png']);
    const items = await planOf(
      '# A\n\n![a fox](img/fox%20a.png)\n![](img/here.png)\n\n![an owl](owl.jpg)\n',
      files,
    );
    assert.deepEqual(
      items.map(({ reason, prompt, places: [{ line }] }) => [reason, prompt, line]),
      [
        ['missing', 'a fox', 3],
        ['missing', 'an owl', 6],
      ],
    );
    assert.equal(items[1]?.file?.folder, 'file:///w/docs');
    assert.equal(items[1]?.file?.base, 'owl');
    assert.equal(items[1]?.file?.name, 'owl.jpg');
  });

  it('has empty links, comments and fields, which name no file', async () => {
    const items = await planOf('image:\n\n![a fox]()\n\n<!-- TODO image: an owl -->\n');
    assert.deepEqual(
      items.map(({ reason, file }) => [reason, file]),
      [
        ['field', undefined],
        ['empty', undefined],
        ['todo', undefined],
      ],
    );
  });

  it('has a field whose file is missing, and not one in the web', async () => {
    const items = await planOf('image: cover.png\n![](https://example.com/a.png)\n');
    assert.deepEqual(
      items.map(({ reason, file }) => [reason, file?.name]),
      [['field', 'cover.png']],
    );
  });

  it('wants two links to one file once, with what either of them says', async () => {
    const items = await planOf('![](a-1200x630.png)\n\n![a fox](a-1200x630.png)\n');
    assert.equal(items.length, 1);
    assert.deepEqual(
      items[0]?.places.map(({ line }) => line),
      [1, 3],
    );
    assert.equal(items[0]?.prompt, 'a fox');
    assert.deepEqual(items[0]?.sizeHint, { width: 1200, height: 630 });
  });

  it('wants an image in the place of a placeholder', async () => {
    const present = ['file:///w/docs/a.png', 'file:///w/docs/b.png'];
    const items = await planOf(
      '![a](a.png)\n![b](b.png)\n',
      new FakeFiles(present, present.slice(1)),
    );
    assert.deepEqual(
      items.map(({ reason, prompt }) => [reason, prompt]),
      [['placeholder', 'b']],
    );
  });

  it('goes by the file system where names differ in case alone', async () => {
    const present = ['file:///w/docs/Fox.png'];
    assert.equal((await planOf('![](fox.png)', new FakeFiles(present))).length, 1);
    assert.equal((await planOf('![](fox.png)', new FakeFiles(present, [], true))).length, 0);
  });

  it('knows a file that is named without its extension', async () => {
    const files = new FakeFiles(['file:///w/docs/plot.pdf']);
    assert.deepEqual(await planOf('![](plot)', files), []);
  });

  it('looks at each folder once, whatever the number of links', async () => {
    const text = Array.from(
      { length: 1000 },
      (_, index) => `![fox ${index}](img/${index % 10}/fox-${index}.png)`,
    ).join('\n');
    const files = new FakeFiles([]);
    assert.equal((await planOf(text, files)).length, 1000);
    assert.equal(files.asked, 10);
  });
});
