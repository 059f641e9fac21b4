import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readRecipe, removeRecipe, writeRecipe } from '../../../src/recipe/imageRecipe';
import type { Recipe } from '../../../src/recipe/recipe';
import { arbitraryRecipe, awkwardPrompts } from './arbitraryRecipe';
import {
  extendedChunk,
  internationalTextChunk,
  jpegWith,
  labelPacket,
  losslessChunk,
  pngChunk,
  pngWith,
  segment,
  textChunk,
  webpOf,
  xmpSegment,
} from './sampleFiles';

const recipe: Recipe = { source: 'easel', prompt: 'A fox', model: 'some-model', seed: 7 };

const exif = segment(0xe1, 'Exif\0\0MM');
const files: Readonly<Record<string, Buffer>> = {
  'a PNG': pngWith(),
  'a PNG with labels': pngWith(
    internationalTextChunk('XML:com.adobe.xmp', labelPacket),
    textChunk('AIGC', '{"Label":"1"}'),
    pngChunk('eXIf', Buffer.from('MM')),
  ),
  'a PNG with data behind its end': Buffer.concat([pngWith(), Buffer.from('more')]),
  'a JPEG': jpegWith(),
  'a JPEG with EXIF and a profile': jpegWith(exif, segment(0xe2, 'ICC_PROFILE\0')),
  'a JPEG with a label': jpegWith(exif, xmpSegment(labelPacket)),
  'a WebP': webpOf(losslessChunk(3, 2, false)),
  'a WebP with alpha': webpOf(losslessChunk(30, 20, true)),
  'a WebP with a profile': webpOf(
    extendedChunk(0x20, 3, 2),
    ['ICCP', Buffer.from('abc')],
    losslessChunk(3, 2, false),
  ),
  'a WebP with a label': webpOf(
    extendedChunk(0x04, 3, 2),
    losslessChunk(3, 2, false),
    ['XMP ', Buffer.from(labelPacket)],
    ['odd ', Buffer.from('x')],
  ),
};

function written(file: Buffer, what: Recipe): Buffer {
  const bytes = writeRecipe(file, what);
  assert.ok(bytes);
  return Buffer.from(bytes);
}

describe('the recipe in an image', () => {
  for (const [name, file] of Object.entries(files)) {
    it(`is read from ${name} as it was written, and leaves the file as it was`, () => {
      fc.assert(
        fc.property(arbitraryRecipe, (each) => {
          const bytes = written(file, each);
          assert.deepEqual(readRecipe(bytes), each);
          assert.deepEqual(Buffer.from(removeRecipe(bytes)), file);
        }),
        { numRuns: 30 },
      );
    });

    it(`is replaced in ${name}, not doubled`, () => {
      const once = written(file, recipe);
      const twice = written(written(file, { ...recipe, prompt: 'Something else' }), recipe);
      assert.deepEqual(twice, once);
      assert.deepEqual(written(once, recipe), once);
    });

    it(`is not looked for in what ${name} breaks off at`, () => {
      const bytes = written(file, recipe);
      for (let length = 0; length < bytes.length; length += 1) {
        const cut = bytes.subarray(0, length);
        readRecipe(cut);
        removeRecipe(cut);
        const again = writeRecipe(cut, recipe);
        // Of what lies behind the end of a picture, nobody knows how much there is.
        if (again && !name.includes('behind')) assert.fail(`written into ${length} bytes`);
      }
    });

    it(`survives every byte of ${name} being another`, () => {
      const bytes = written(file, recipe);
      fc.assert(
        fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, value) => {
          const broken = Buffer.from(bytes);
          broken[at] = value;
          readRecipe(broken);
          removeRecipe(broken);
          writeRecipe(broken, recipe);
        }),
        { numRuns: 500 },
      );
    });
  }

  it('is read from the first bytes of a PNG', () => {
    const bytes = written(pngWith(pngChunk('junk', Buffer.alloc(100_000))), recipe);
    assert.deepEqual(readRecipe(bytes.subarray(0, 4096)), recipe);
  });

  it('is read whatever the prompt', () => {
    for (const prompt of awkwardPrompts) {
      for (const file of Object.values(files)) {
        assert.equal(readRecipe(written(file, { source: 'easel', prompt }))?.prompt, prompt);
      }
    }
  });

  it('goes nowhere near content credentials, which sign the bytes', () => {
    const signed = [
      pngWith(pngChunk('caBX', Buffer.from('jumb'))),
      jpegWith(segment(0xeb, 'JP\0\0jumb')),
      webpOf(extendedChunk(0, 3, 2), losslessChunk(3, 2, false), ['C2PA', Buffer.from('jumb')]),
      jpegWith(xmpSegment(labelPacket.replace('TC260:AIGC=', 'dcterms:provenance='))),
    ];
    for (const file of signed) assert.equal(writeRecipe(file, recipe), undefined);
  });

  it('goes into no other file', () => {
    for (const text of ['', 'GIF89a', '<svg/>', 'RIFF\0\0\0\0WAVE', '\xff\xd8', '\x89PNG']) {
      const file = Buffer.from(text, 'latin1');
      assert.equal(writeRecipe(file, recipe), undefined);
      assert.equal(readRecipe(file), undefined);
      assert.equal(removeRecipe(file), file);
    }
  });
});

describe('the recipe in a JPEG', () => {
  it('loses the parameters first where it has no room, then is left out', () => {
    const request = {
      modelId: 'some-model',
      prompt: 'x'.repeat(40_000),
      size: '1K',
      count: 1,
    } as const;
    const long: Recipe = { ...recipe, prompt: '短'.repeat(15_000), request };
    const { request: _, ...short } = long;
    assert.deepEqual(readRecipe(written(jpegWith(), long)), short);
    assert.equal(writeRecipe(jpegWith(), { ...recipe, prompt: '长'.repeat(30_000) }), undefined);
  });

  it('is taken out of a packet that another program has written anew', () => {
    const rewritten = labelPacket.replace(
      '</rdf:RDF>',
      `<rdf:Description rdf:about='' xmlns:e='urn:easel:recipe#'>
  <e:recipe>{&quot;version&quot;:1,&#34;prompt&#x22;:"A fox"}</e:recipe>
 </rdf:Description></rdf:RDF>`,
    );
    const file = jpegWith(xmpSegment(rewritten));
    assert.deepEqual(readRecipe(file), { source: 'easel', prompt: 'A fox' });
    const clean = Buffer.from(removeRecipe(file));
    assert.equal(readRecipe(clean), undefined);
    assert.ok(!clean.includes('A fox'));
    assert.ok(clean.includes('阿里云'));
  });
});

describe('the recipe in a WebP', () => {
  it('makes an extended file with the right canvas and flags', () => {
    const bytes = written(webpOf(losslessChunk(300, 20, true)), recipe);
    const [type, header] = extendedChunk(0x14, 300, 20);
    assert.equal(bytes.toString('latin1', 12, 16), type);
    assert.deepEqual(bytes.subarray(20, 30), header);
    assert.equal(bytes.readUInt32LE(4) + 8, bytes.length);
  });
});

describe('what a recipe says', () => {
  const request = { modelId: 'some-model', prompt: 'A fox', size: 'auto', count: 1 } as const;

  it('names no file of this machine and no address that opens a door', () => {
    const images = [
      { uri: 'file:///home/somebody/secret.png' },
      { uri: 'https://example.com/a.png?Signature=abc' },
      { uri: 'https://name:password@example.com/a.png' },
      { uri: 'https://example.com/b.png', byteLength: 7 },
    ];
    const mask = { uri: 'file:///home/somebody/mask.png' };
    const bytes = written(pngWith(), { ...recipe, request: { ...request, images, mask } });
    assert.deepEqual(readRecipe(bytes)?.request, {
      ...request,
      images: [{ uri: 'https://example.com/b.png' }],
    });
    for (const word of ['somebody', 'Signature', 'password']) assert.ok(!bytes.includes(word));
  });

  const readText = (json: unknown): Recipe | undefined =>
    readRecipe(pngWith(internationalTextChunk('easel', JSON.stringify(json))));

  it('brings in no file of this machine either', () => {
    const images = [{ uri: 'file:///etc/passwd' }];
    assert.deepEqual(readText({ version: 1, prompt: 'A fox', request: { ...request, images } }), {
      source: 'easel',
      prompt: 'A fox',
    });
  });

  it('is read without the fields that are not what they should be', () => {
    assert.deepEqual(
      readText({
        version: 1,
        prompt: 'A fox',
        seed: 'x',
        madeAt: 3,
        model: 'm',
        request: [],
        new: 1,
      }),
      { source: 'easel', prompt: 'A fox', model: 'm' },
    );
    assert.equal(readText({ version: 2, prompt: 'A fox' }), undefined);
    assert.equal(readText({ version: 1 }), undefined);
    assert.equal(readText({ version: 1, prompt: 'x'.repeat(50_001) }), undefined);
  });
});
