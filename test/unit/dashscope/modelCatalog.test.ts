import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { findModel, modelCatalog } from '../../../src/dashscope/modelCatalog';
import type { ModelRow } from '../../../src/dashscope/modelRow';
import { findRegion } from '../../../src/dashscope/regions';
import type { ImageRequest, RequestedSize } from '../../../src/imageModel/imageModel';
import { namedSize, sameSize } from '../../../src/imageModel/imageSize';
import { rulesFor } from '../../../src/imageModel/modelDescriptor';
import { defaultParameters } from '../../../src/imageModel/parameters';
import { checkRequest } from '../../../src/imageModel/requestRules';

// The facts of the documents, written down a second time: regions, protocols in the order in which they are tried,
// default size, greatest n, prompt limit, negative prompt, input images (number, megabytes, sides), parameters.

type Facts = readonly [string, string, string, number, string, string, string, string];

const both = 'beijing singapore';
const everywhere = 'beijing singapore virginia frankfurt tokyo hongkong';
const sync = 'multimodalGeneration';
const tasks = 'imageGeneration multimodalGeneration';
const qwenInputs = '0-3, 10 MB, 384-3072';
const editInputs = '1-3, 10 MB, 384-3072';
const rewriting = 'promptExtend watermark';
const agentic = 'thinking promptExtend promptExtendMode watermark';

const qwen30: Facts = [
  ...([everywhere, `${tasks} compatibleImages`, '2048*2048', 6, '4500 tokens', '500'] as const),
  ...(['0-3, 10 MB, 384-2048', agentic] as const),
];
const qwen20: Facts = [both, sync, '2048*2048', 6, '1300 tokens', '500', qwenInputs, rewriting];
const fixed: Facts = [both, sync, '1664*928', 1, '800 characters', '500', 'none', rewriting];
const fixedTask: Facts = [
  ...([both, `textToImage ${sync}`, '1664*928', 1, '800 characters', '500'] as const),
  ...(['none', rewriting] as const),
];
const edit: Facts = [both, sync, '1K', 6, '800 characters', '500', editInputs, rewriting];
const wan27: Facts = [
  ...([both, tasks, '2K', 4, '5000 characters', 'none', '0-9, 20 MB, 240-8000'] as const),
  'sequential thinking colorPalette boxes watermark',
];
const wan2 = (regions: string): Facts => [
  ...([regions, 'textToImage', '1024*1024', 4, '800 characters', '500'] as const),
  ...(['none', rewriting] as const),
];

const documented: Readonly<Record<string, Facts>> = {
  'qwen-image-3.0-pro': qwen30,
  'qwen-image-3.0': qwen30,
  'qwen-image-2.1-pro': [
    ...([both, `${sync} compatibleImages`, '2048*2048', 6, '4500 tokens', 'none'] as const),
    ...(['0-10, 10 MB, 384-3072', rewriting] as const),
  ],
  'qwen-image-2.1-turbo': [
    ...(['beijing', sync, '2048*2048', 6, '4500 tokens', '500'] as const),
    ...(['0-10, 10 MB, 384-3072', agentic] as const),
  ],
  'qwen-image-2.0-pro': qwen20,
  'qwen-image-2.0-pro-2026-03-03': qwen20,
  'qwen-image-2.0-pro-2026-04-22': qwen20,
  'qwen-image-2.0-pro-2026-06-22': qwen20,
  'qwen-image-2.0': qwen20,
  'qwen-image-2.0-2026-03-03': qwen20,
  'qwen-image-max': fixed,
  'qwen-image-max-2025-12-30': fixed,
  'qwen-image-plus': fixedTask,
  'qwen-image-plus-2026-01-09': fixed,
  'qwen-image': fixedTask,
  'qwen-image-edit': [both, sync, 'auto', 1, '800 characters', '500', editInputs, 'watermark'],
  'qwen-image-edit-plus': edit,
  'qwen-image-edit-plus-2025-10-30': edit,
  'qwen-image-edit-plus-2025-12-15': edit,
  'qwen-image-edit-max': edit,
  'qwen-image-edit-max-2026-01-16': edit,
  'z-image-turbo': [both, sync, '1024*1536', 1, '800 characters', 'none', 'none', 'promptExtend'],
  'wan2.7-image-pro': wan27,
  'wan2.7-image': wan27,
  'wan2.6-t2i': [
    ...([`${both} virginia`, tasks, '1280*1280', 4, '2100 characters', '500'] as const),
    ...(['none', rewriting] as const),
  ],
  'wan2.6-image': [
    ...([`${both} virginia frankfurt`, tasks, '1K', 4, '2000 characters', '500'] as const),
    ...(['1-4, 10 MB, 240-8000', `interleave maxImages ${rewriting}`] as const),
  ],
  'wan2.5-t2i-preview': [
    ...([both, 'textToImage', '1280*1280', 4, '2000 characters', '500'] as const),
    ...(['none', rewriting] as const),
  ],
  'wan2.5-i2i-preview': [
    ...([both, 'imageToImage', '1K', 4, '2000 characters', '500'] as const),
    ...(['1-3, 10 MB, 384-5000', rewriting] as const),
  ],
  'wan2.2-t2i-flash': wan2(both),
  'wan2.2-t2i-plus': wan2(both),
  'wanx2.1-t2i-turbo': wan2('beijing'),
  'wanx2.1-t2i-plus': wan2('beijing'),
  'wan2.1-t2i-turbo': wan2('singapore'),
  'wan2.1-t2i-plus': wan2('singapore'),
  'wanx2.0-t2i-turbo': wan2('beijing'),
  'wanx-v1': [
    ...(['beijing', 'textToImage', '1024*1024', 4, '500 characters', '500'] as const),
    ...(['0-1, 10 MB, 256-4096', 'style referenceMode referenceStrength'] as const),
  ],
  'wanx2.1-imageedit': [
    ...(['beijing', 'imageToImage', 'auto', 4, '800 characters', 'none'] as const),
    '1-1, 10 MB, 512-4096',
    'editFunction strength topScale bottomScale leftScale rightScale upscaleFactor isSketch watermark',
  ],
  'wanx-sketch-to-image-lite': [
    ...(['beijing', 'imageToImage', '768*768', 4, '75 characters', 'none'] as const),
    ...(['1-1, 10 MB, 256-2048', 'style sketchWeight sketchExtraction sketchColors'] as const),
  ],
};

const regionNames: Readonly<Record<string, string>> = {
  'cn-beijing': 'beijing',
  'ap-southeast-1': 'singapore',
  'us-east-1': 'virginia',
  'eu-central-1': 'frankfurt',
  'ap-northeast-1': 'tokyo',
  'cn-hongkong': 'hongkong',
};

function sizeText(size: RequestedSize): string {
  return typeof size === 'string' ? size : `${size.width}*${size.height}`;
}

function factsOf(row: ModelRow): Facts {
  const { images, negativePromptLimit, promptLimit } = row;
  return [
    row.regions.map((id) => regionNames[id]).join(' '),
    row.protocols.join(' '),
    sizeText(row.defaultSize),
    row.maxImagesPerCall,
    `${promptLimit.max} ${promptLimit.unit}`,
    negativePromptLimit ? `${negativePromptLimit.max}` : 'none',
    images
      ? `${images.min}-${images.max}, ${images.maxBytes / 1024 / 1024} MB, ${images.minSide}-${images.maxSide}`
      : 'none',
    Object.keys(row.parameters).join(' '),
  ];
}

const qwenFixed = ['1664*928', '928*1664', '1328*1328', '1472*1104', '1104*1472'];
const wan2Sizes = ['1024*1024', '1440*810', '810*1440', '1440*1080', '1080*1440'];
const wan25 = ['1280*1280', '1696*960', '960*1696', '1472*1104', '1104*1472'];
const twoK = ['2048*2048', '2688*1536', '1536*2688', '2368*1728', '1728*2368'];
const wanEdit = ['1280*1280', '1280*720', '720*1280', '1280*960', '960*1280'];
const qwenEdit = ['1024*1024', '1536*864', '864*1536', '1280*960', '960*1280'];

const presetsByPrefix: readonly (readonly [string, readonly string[]])[] = [
  ['qwen-image-edit-', qwenEdit],
  ['qwen-image-edit', []],
  ['qwen-image-2.', twoK],
  ['qwen-image-3.', twoK],
  ['qwen-image', qwenFixed],
  ['z-image', ['1024*1536', '1536*1024', '1280*1280', '1536*864', '864*1536']],
  ['wan2.7', twoK],
  ['wan2.6-image', wanEdit],
  ['wan2.5-i2i', wanEdit],
  ['wan2.6', wan25],
  ['wan2.5', wan25],
  ['wanx-v1', ['1024*1024', '1280*720', '720*1280', '768*1152']],
  ['wanx-sketch', ['768*768']],
  ['wanx2.1-imageedit', []],
  ['wan', wan2Sizes],
];

/** A request with the least that the model needs, and everything else as a form starts with it. */
function plainRequest(row: ModelRow): ImageRequest {
  const images = Array.from({ length: row.images?.min ?? 0 }, () => ({
    uri: 'https://pictures.example/a.png',
  }));
  return {
    ...defaultParameters(row.parameters),
    ...{ modelId: row.id, prompt: 'a fox', size: row.defaultSize, count: 1, images },
    ...(row.seed && { seed: 0 }),
  };
}

describe('the model catalogue', () => {
  it('has exactly the documented models', () => {
    deepStrictEqual(modelCatalog.map(({ id }) => id).sort(), Object.keys(documented).sort());
  });

  it('has labels that tell its models apart', () => {
    strictEqual(new Set(modelCatalog.map(({ label }) => label)).size, modelCatalog.length);
  });

  it('marks what only third parties tell', () => {
    deepStrictEqual(
      modelCatalog.filter(({ facts }) => facts !== 'documented').map(({ id }) => id),
      ['qwen-image-2.1-pro', 'qwen-image-2.1-turbo'],
    );
    for (const { id, unconfirmedRegions } of modelCatalog) {
      const expected = id.startsWith('qwen-image-3.0') ? ['us-east-1', 'cn-hongkong'] : undefined;
      deepStrictEqual(unconfirmedRegions, expected);
    }
  });

  for (const row of modelCatalog) {
    describe(row.id, () => {
      it('follows its document', () => {
        deepStrictEqual(factsOf(row), documented[row.id]);
        const hasSeed = row.id !== 'wanx-sketch-to-image-lite';
        deepStrictEqual(row.seed, hasSeed ? { min: 0, max: 2_147_483_647 } : undefined);
      });

      it('offers the recommended sizes, the default among them', () => {
        const { presets } = row.sizeRule;
        const expected = presetsByPrefix.find(([prefix]) => row.id.startsWith(prefix))?.[1];
        deepStrictEqual(presets.map(sizeText), expected);
        const isOffered =
          presets.some((preset) => sameSize(preset, row.defaultSize)) ||
          namedSize(row.sizeRule, row.defaultSize) !== undefined;
        ok(isOffered || row.sizeRule.kind === 'none');
      });

      it('finds no fault with what it offers', () => {
        for (const regionId of row.regions) {
          ok(findRegion(regionId), regionId);
          const { named = [] } = row.sizeRule.kind === 'free' ? row.sizeRule : {};
          const sizes = [...row.sizeRule.presets, ...named.map(({ name }) => name)];
          for (const size of sizes.length > 0 ? sizes : [row.defaultSize]) {
            for (const count of [1, row.maxImagesPerCall]) {
              const issues = checkRequest(row, { ...plainRequest(row), size, count }, regionId);
              // The shape of an image in the web is not known before.
              deepStrictEqual(
                issues.filter(({ rule }) => rule !== 'shapeUnknown'),
                [],
              );
            }
          }
        }
      });
    });
  }
});

describe('a case with rules of its own', () => {
  const image = { uri: 'https://pictures.example/a.png' };
  const cases: readonly [string, Partial<ImageRequest>, number, string][] = [
    ['qwen-image-3.0', { images: [image] }, 6, '1K'],
    ['qwen-image-2.0', { images: [image] }, 6, '1K'],
    ['wan2.7-image', { sequential: true }, 12, '2K'],
    ['wan2.7-image-pro', { sequential: true, images: [image] }, 12, '2K'],
    ['wan2.6-image', { interleave: true }, 1, '1K'],
  ];
  for (const [id, subject, count, defaultSize] of cases) {
    it(`has them for ${id} with ${Object.keys(subject).join(' and ')}`, () => {
      const row = findModel(id);
      ok(row);
      const rules = rulesFor(row, subject);
      deepStrictEqual([rules.maxImagesPerCall, rules.defaultSize], [count, defaultSize]);
    });
  }

  it('lets 4K be of one image from text only', () => {
    const row = findModel('wan2.7-image-pro');
    ok(row);
    const request: ImageRequest = { modelId: row.id, prompt: 'a fox', size: '4K', count: 1 };
    deepStrictEqual(checkRequest(row, request, 'cn-beijing'), []);
    for (const more of [{ images: [image] }, { sequential: true }]) {
      const [issue] = checkRequest(row, { ...request, ...more }, 'cn-beijing');
      deepStrictEqual([issue?.field, issue?.severity], ['size', 'error']);
    }
  });
});

describe('sizes beyond the rules', () => {
  const beyond: readonly [string, number, number, string][] = [
    ['qwen-image-2.0', 500, 500, 'error'],
    ['qwen-image-2.0', 2064, 2048, 'error'],
    ['qwen-image-3.0', 2560, 2560, 'warning'],
    ['qwen-image-3.0', 2576, 2560, 'error'],
    ['qwen-image-max', 1024, 1024, 'warning'],
    ['qwen-image-max', 1680, 1024, 'error'],
    ['qwen-image-plus', 1024, 1024, 'error'],
    ['wan2.7-image', 2064, 2048, 'error'],
    ['wan2.6-t2i', 768, 768, 'warning'],
    ['wan2.6-t2i', 767, 768, 'error'],
    ['wan2.6-t2i', 1456, 1440, 'error'],
    ['wan2.6-t2i', 2880, 704, 'error'],
    ['wan2.2-t2i-flash', 511, 1024, 'error'],
    ['wan2.2-t2i-flash', 1024, 1441, 'error'],
    ['wanx-v1', 1152, 768, 'error'],
  ];
  for (const [id, width, height, severity] of beyond) {
    it(`are told as ${severity}: ${width}*${height} of ${id}`, () => {
      const row = findModel(id);
      ok(row);
      const request = { modelId: id, prompt: 'a fox', size: { width, height }, count: 1 };
      const [issue] = checkRequest(row, request, 'cn-beijing');
      deepStrictEqual([issue?.field, issue?.severity], ['size', severity]);
    });
  }
});

describe('an id', () => {
  it('of the list is found', () => {
    strictEqual(findModel('wanx-v1')?.label, 'Wanx V1');
  });

  it('of a known family has the rules of its nearest kin, which only warn', () => {
    const row = findModel('wan2.6-t2i-2027-01-01');
    deepStrictEqual(
      [row?.id, row?.label, row?.facts, row?.protocols, row?.regions.length],
      ['wan2.6-t2i-2027-01-01', 'wan2.6-t2i-2027-01-01', 'guessed', tasks.split(' '), 6],
    );
    ok(row);
    const request = { modelId: row.id, prompt: 'a fox', size: { width: 1, height: 1 }, count: 99 };
    const severities = checkRequest(row, request, 'cn-beijing').map(({ severity }) => severity);
    deepStrictEqual(severities, ['warning', 'warning']);
  });

  it('of an image model yet to come is known by its family', () => {
    for (const id of ['qwen-image-4.0', 'wan3.0-image-pro', 'wan3-t2i', 'wan2.9-i2i', 'wanx-v2']) {
      strictEqual(findModel(id)?.facts, 'guessed', id);
    }
  });

  it('of no family is not found', () => {
    const videos = ['wan2.2-i2v-plus', 'wan2.5-t2v-preview', 'wan2.2-kf2v-flash', 'wan'];
    for (const id of [...videos, 'constructor', 'flux-dev', 'Wan2.6', 'a wan', 'wan 2', '']) {
      strictEqual(findModel(id), undefined, id);
    }
    strictEqual(findModel('wan2.6-t2i', []), undefined);
  });
});
