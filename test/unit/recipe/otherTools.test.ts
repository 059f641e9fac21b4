import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readRecipe, removeRecipe, writeRecipe } from '../../../src/recipe/imageRecipe';
import type { Recipe } from '../../../src/recipe/recipe';
import { haveTools } from '../otherTools';
import { awkwardPrompts } from './arbitraryRecipe';
import {
  imageTools,
  makeImages,
  pixelsOf,
  pngFaults,
  type Tags,
  tagFiles,
  tagsOf,
} from './imageTools';

const images: Readonly<Record<string, readonly string[]>> = {
  'grey.png': ['-alpha', 'off', '-colorspace', 'Gray', '-define', 'png:color-type=0'],
  'grey1.png': ['-alpha', 'off', '-monochrome', '-define', 'png:bit-depth=1'],
  'grey16.png': [
    '-alpha',
    'off',
    '-colorspace',
    'Gray',
    '-depth',
    '16',
    '-define',
    'png:color-type=0',
  ],
  'rgb.png': ['-alpha', 'off', '-define', 'png:color-type=2'],
  'rgb16.png': ['-alpha', 'off', '-define', 'png:format=png48'],
  'palette.png': ['-alpha', 'off', '-colors', '16', '-define', 'png:color-type=3'],
  'paletteTransparent.png': [
    '-channel',
    'A',
    '-threshold',
    '50%',
    '+channel',
    '-define',
    'png:format=png8',
  ],
  'greyAlpha.png': ['-colorspace', 'Gray', '-define', 'png:color-type=4'],
  'rgba.png': ['-define', 'png:color-type=6'],
  'rgba16.png': ['-define', 'png:format=png64'],
  'interlaced.png': ['-interlace', 'PNG', '-define', 'png:color-type=6'],
  'baseline.jpg': ['-alpha', 'off', '-quality', '85'],
  'grey.jpg': ['-alpha', 'off', '-colorspace', 'Gray'],
  'progressive.jpg': ['-alpha', 'off', '-interlace', 'JPEG', '-quality', '60'],
  'tagged.jpg': ['-alpha', 'off'],
  'taggedProgressive.jpg': ['-alpha', 'off', '-interlace', 'JPEG'],
  'lossy.webp': ['-alpha', 'off', '-define', 'webp:lossless=false'],
  'lossyAlpha.webp': ['-define', 'webp:lossless=false'],
  'lossless.webp': ['-alpha', 'off', '-define', 'webp:lossless=true'],
  'losslessAlpha.webp': ['-define', 'webp:lossless=true'],
  'tagged.webp': ['-define', 'webp:lossless=false'],
  'taggedLossless.webp': ['-alpha', 'off', '-define', 'webp:lossless=true'],
};

const names = Object.keys(images);

/** A label and other data that is there already, also as XMP. */
const tags = ['-EXIF:Artist=Somebody', '-XMP-dc:Title=标题 <&>', '-XMP-photoshop:Credit=Service'];

/** The smallest profile that is read as one. */
function colorProfile(): Buffer {
  const profile = Buffer.alloc(132);
  profile.writeUInt32BE(profile.length);
  profile.write('lcms\x02\x10\0\0mntrRGB XYZ ', 4, 'latin1');
  profile.write('acsp', 36, 'latin1');
  return profile;
}

const recipeOf = (prompt: string): Recipe => ({
  ...{ source: 'easel', prompt, model: 'some-model', seed: 42 },
  request: { modelId: 'some-model', prompt, size: { width: 37, height: 23 }, count: 1, seed: 42 },
});

/** The recipe's own text, and what exiftool says of the whole file; the rest is about the picture and its other data. */
function partsOf(all: Tags): { recipe: unknown; rest: Tags } {
  const isOurs = (name: string): boolean => /easel/i.test(name);
  // A file's dates and size are others, and so is how it is packed.
  const isFile = (name: string): boolean =>
    /^(?:SourceFile|System:|ExifTool:ExifToolVersion|File:FileType)|XMPToolkit|^RIFF:(?:WebP_Flags|VP8Version)|^RIFF:(?:Image|Horizontal|Vertical)|AlphaIsUsed/i.test(
      name,
    );
  const entries = Object.entries(all);
  return {
    recipe: entries.find(([name]) => isOurs(name))?.[1],
    rest: Object.fromEntries(entries.filter(([name]) => !isOurs(name) && !isFile(name))),
  };
}

function textOf(value: unknown): string {
  // exiftool gives an object where a text is JSON by chance.
  return typeof value === 'string' ? value : JSON.stringify(value);
}

describe('a recipe in the eyes of exiftool, pngcheck and ImageMagick', function () {
  this.timeout(120_000);
  let folder: string;
  before(function () {
    if (!haveTools(imageTools)) return this.skip();
    folder = mkdtempSync(path.join(os.tmpdir(), 'easel-recipes-'));
    for (const name of ['before', 'after', 'removed']) mkdirSync(path.join(folder, name));
    makeImages(path.join(folder, 'before'), images);
    const profile = path.join(folder, 'profile.icc');
    writeFileSync(profile, colorProfile());
    tagFiles(names.filter((name) => name.startsWith('tagged')).map(inFolder('before')), [
      ...tags,
      `-ICC_Profile<=${profile}`,
    ]);
    for (const name of names) {
      const bytes = readFileSync(path.join(folder, 'before', name));
      for (const [index, prompt] of awkwardPrompts.entries()) {
        const written = writeRecipe(bytes, recipeOf(prompt));
        assert.ok(written, name);
        assert.equal(readRecipe(written)?.prompt, prompt);
        writeFileSync(path.join(folder, 'after', `${index}-${name}`), written);
        if (index === 0) writeFileSync(path.join(folder, 'removed', name), removeRecipe(written));
      }
    }
  });
  after(() => {
    if (folder) rmSync(folder, { recursive: true });
  });

  const inFolder =
    (name: string) =>
    (file: string): string =>
      path.join(folder, name, file);
  const written = awkwardPrompts.flatMap((prompt, index) =>
    names.map((name) => ({ prompt, name, file: `${index}-${name}` })),
  );

  it('leaves every pixel as it was, also when it is taken out again', () => {
    const beforehand = pixelsOf(names.map(inFolder('before')));
    const afterwards = pixelsOf(written.map(({ file }) => inFolder('after')(file)));
    const expected = awkwardPrompts.flatMap(() => beforehand);
    assert.equal(beforehand.length, names.length);
    assert.deepEqual(afterwards, expected);
    assert.deepEqual(pixelsOf(names.map(inFolder('removed'))), beforehand);
  });

  it('leaves PNG files valid', () => {
    const files = written.map(({ file }) => inFolder('after')(file));
    assert.equal(pngFaults(files.filter((file) => file.endsWith('.png'))), '');
  });

  it('can be read by exiftool, which sees nothing else that is new and finds no fault', () => {
    const all = tagsOf([
      ...names.map(inFolder('before')),
      ...written.map(({ file }) => inFolder('after')(file)),
    ]).map(partsOf);
    const beforehand = new Map(names.map((name, index) => [name, all[index]?.rest]));
    for (const [index, { name, prompt, file }] of written.entries()) {
      const found = all[names.length + index];
      assert.equal(JSON.parse(textOf(found?.recipe)).prompt, prompt, file);
      assert.deepEqual(found?.rest, beforehand.get(name), file);
    }
  });

  it('brings back the very bytes when it is taken out', () => {
    for (const name of names) {
      const [one, other] = ['before', 'removed'].map((each) => readFileSync(inFolder(each)(name)));
      // ImageMagick writes some simple WebP files as extended ones.
      if (!name.endsWith('.webp')) assert.ok(one?.equals(other ?? Buffer.alloc(0)), name);
    }
  });
});
