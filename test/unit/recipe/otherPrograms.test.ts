import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readRecipe } from '../../../src/recipe/imageRecipe';
import {
  internationalTextChunk,
  jpegWith,
  packedTextChunk,
  pngChunk,
  pngWith,
  segment,
  textChunk,
  webpOf,
} from './sampleFiles';

const parameters = `a fox, (moonlight:1.2)
second line
Negative prompt: blurry, text
Steps: 20, Sampler: Euler a, CFG scale: 7, Seed: 123456, Size: 512x768, Model: dream, Lora hashes: "one: a1, two: b2"`;

const fromWebUi = {
  source: 'automatic1111',
  prompt: 'a fox, (moonlight:1.2)\nsecond line',
  negativePrompt: 'blurry, text',
  model: 'dream',
  seed: 123456,
  other: {
    Steps: '20',
    Sampler: 'Euler a',
    'CFG scale': '7',
    Size: '512x768',
    'Lora hashes': 'one: a1, two: b2',
  },
};

/** EXIF data with nothing but a user comment; big-endian, unless the comment is. */
function exifWith(comment: Buffer, isLittle = false): Buffer {
  const data = Buffer.alloc(44);
  const short = (value: number, at: number) =>
    isLittle ? data.writeUInt16LE(value, at) : data.writeUInt16BE(value, at);
  const long = (value: number, at: number) =>
    isLittle ? data.writeUInt32LE(value, at) : data.writeUInt32BE(value, at);
  data.write(isLittle ? 'II' : 'MM', 'latin1');
  short(42, 2);
  long(8, 4);
  const entry = (at: number, tag: number, type: number, count: number, value: number): void => {
    short(1, at);
    short(tag, at + 2);
    short(type, at + 4);
    long(count, at + 6);
    long(value, at + 10);
  };
  entry(8, 0x8769, 4, 1, 26);
  entry(26, 0x9286, 7, comment.length, 44);
  return Buffer.concat([data, comment]);
}

const unicode = (text: Buffer): Buffer => Buffer.concat([Buffer.from('UNICODE\0', 'latin1'), text]);

const graph = {
  3: {
    class_type: 'KSampler',
    inputs: {
      ...{ seed: 99, steps: 25, cfg: 7.5, sampler_name: 'euler' },
      ...{ model: ['10', 0], positive: ['8', 0], negative: ['8', 1], latent_image: ['5', 0] },
    },
  },
  4: { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: 'base.safetensors' } },
  5: { class_type: 'EmptyLatentImage', inputs: { width: 512, height: 512 }, is_changed: [null] },
  6: { class_type: 'CLIPTextEncode', inputs: { text: ['9', 0], clip: ['4', 1] } },
  7: { class_type: 'CLIPTextEncode', inputs: { text: 'blurry', clip: ['4', 1] } },
  8: { class_type: 'ControlNetApplyAdvanced', inputs: { positive: ['6', 0], negative: ['7', 0] } },
  9: { class_type: 'PrimitiveString', inputs: { value: 'a fox' } },
  10: { class_type: 'LoraLoader', inputs: { lora_name: 'l', model: ['4', 0] } },
};

const fromGraph = {
  ...{ source: 'comfyui', prompt: 'a fox', negativePrompt: 'blurry' },
  ...{ model: 'base.safetensors', seed: 99 },
  other: { steps: '25', cfg: '7.5', sampler_name: 'euler' },
};

describe('images of other programs', () => {
  it("are read where AUTOMATIC1111's web UI or Forge has made them", () => {
    const bigEndian = Buffer.from(parameters, 'utf16le').swap16();
    const files = [
      pngWith(textChunk('parameters', parameters)),
      pngWith(internationalTextChunk('parameters', parameters)),
      pngWith(packedTextChunk('parameters', parameters)),
      pngWith(pngChunk('eXIf', exifWith(unicode(bigEndian)))),
      jpegWith(
        segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), exifWith(unicode(bigEndian))])),
      ),
      webpOf(['VP8X', Buffer.alloc(10)], ['EXIF', exifWith(unicode(bigEndian), true)]),
      webpOf(
        ['VP8X', Buffer.alloc(10)],
        ['EXIF', exifWith(unicode(Buffer.from(parameters, 'utf16le')))],
      ),
    ];
    for (const file of files) assert.deepEqual(readRecipe(file), fromWebUi);
  });

  it('are read where ComfyUI has made them, through the links of the graph', () => {
    const json = JSON.stringify(graph);
    assert.deepEqual(readRecipe(pngWith(textChunk('prompt', json))), fromGraph);
    const python = json.replace('[null]', '[NaN]');
    assert.deepEqual(readRecipe(pngWith(textChunk('prompt', python))), fromGraph);
  });

  it('are read where the guider of a ComfyUI graph has the prompt', () => {
    const flux = {
      1: { class_type: 'SamplerCustomAdvanced', inputs: { noise: ['2', 0], guider: ['3', 0] } },
      2: { class_type: 'RandomNoise', inputs: { noise_seed: 5 } },
      3: { class_type: 'BasicGuider', inputs: { model: ['6', 0], conditioning: ['4', 0] } },
      4: { class_type: 'CLIPTextEncode', inputs: { text: 'a fox' } },
      6: { class_type: 'UNETLoader', inputs: { unet_name: 'flux' } },
    };
    assert.deepEqual(readRecipe(pngWith(textChunk('prompt', JSON.stringify(flux)))), {
      ...{ source: 'comfyui', prompt: 'a fox', model: 'flux', seed: 5 },
    });
  });

  it('are read where InvokeAI has made them, by any of its versions', () => {
    const now = {
      positive_prompt: 'a fox',
      negative_prompt: 'text',
      seed: 3,
      model: { name: 'm' },
    };
    const before = { model_weights: 'm', image: { prompt: [{ prompt: 'a fox' }], seed: 3 } };
    const source = 'invokeai';
    const read = (keyword: string, text: string) => readRecipe(pngWith(textChunk(keyword, text)));
    assert.deepEqual(read('invokeai_metadata', JSON.stringify(now)), {
      ...{ source, prompt: 'a fox', negativePrompt: 'text', seed: 3, model: 'm' },
    });
    assert.deepEqual(read('sd-metadata', JSON.stringify(before)), {
      ...{ source, prompt: 'a fox', seed: 3, model: 'm' },
    });
    assert.deepEqual(read('Dream', '"a "red" fox" -s 50 -S 3 -A k_lms'), {
      ...{ source, prompt: 'a "red" fox', seed: 3, other: { s: '50', A: 'k_lms' } },
    });
  });

  it('say nothing where the texts are something else', () => {
    for (const keyword of ['parameters', 'prompt', 'invokeai_metadata', 'sd-metadata', 'Dream']) {
      for (const text of ['', 'hello', '[]', '{}', 'null', '"', '{"3":{"inputs":{}}}']) {
        assert.equal(
          readRecipe(pngWith(textChunk(keyword, text))),
          undefined,
          `${keyword} ${text}`,
        );
      }
    }
  });

  it('cannot keep the reader busy', () => {
    const ring = Object.fromEntries(
      Array.from({ length: 2000 }, (_, id) => [
        id,
        { class_type: 'KSampler', inputs: { positive: [`${(id + 1) % 2000}`, 0], seed: 1 } },
      ]),
    );
    const files = [
      textChunk('prompt', JSON.stringify(ring)),
      textChunk('prompt', '['.repeat(1_000_000)),
      textChunk('parameters', `x\nSteps: ${'a'.repeat(40_000)}`),
      textChunk('parameters', '\nNegative prompt:'.repeat(100_000)),
      textChunk('Dream', `"x" ${'-'.repeat(90_000)}`),
      packedTextChunk('parameters', Buffer.alloc(50_000_000)),
      internationalTextChunk('easel', `{"version":1,"prompt":${'['.repeat(400_000)}`),
    ];
    // What is quadratic in one of them takes longer than a test may.
    for (const file of files) readRecipe(pngWith(file));
  });

  it('are not unpacked where nobody reads them, nor where there are later ones', () => {
    const packed = (keyword: string) => packedTextChunk(keyword, Buffer.alloc(1_990_000));
    const pair = [packed('Comment'), packed('parameters')];
    const bombs = Array.from({ length: 3000 }, () => pair).flat();
    // To unpack them all takes longer than a test may.
    const file = pngWith(...bombs, textChunk('parameters', parameters));
    assert.deepEqual(readRecipe(file), fromWebUi);
  });

  it('may hold any text', () => {
    const keywords = ['parameters', 'prompt', 'invokeai_metadata', 'sd-metadata', 'Dream', 'easel'];
    fc.assert(
      fc.property(fc.constantFrom(...keywords), fc.oneof(fc.string(), fc.json()), (word, text) => {
        readRecipe(pngWith(internationalTextChunk(word, text)));
        readRecipe(pngWith(textChunk(word, `x\nSteps: ${text}`)));
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (noise, isLittle) => {
        readRecipe(pngWith(pngChunk('eXIf', exifWith(Buffer.from(noise), isLittle))));
        readRecipe(pngWith(pngChunk('eXIf', Buffer.concat([Buffer.from('II*\0'), noise]))));
      }),
    );
  });
});
