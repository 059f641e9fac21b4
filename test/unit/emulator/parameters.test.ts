import assert from 'node:assert/strict';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import {
  assertRefused,
  editBody,
  messagesBody,
  paths,
  pictureUrl,
  promptBody,
  type Reply,
  send,
} from './emulatorClient';

const share = (hex: string, ratio: string): object => ({ hex, ratio });
const palette = [
  share('#FF0000', '50.00%'),
  share('#00ff00', '26.49%'),
  share('#0000FF', '23.51%'),
];

/** The words for most wrong values. */
function invalid(name: string): string {
  return `Required parameter(${name}) missing or invalid, please check the request parameters.`;
}

describe('emulator: parameters of the families', () => {
  let emulator: Emulator;

  before(async () => {
    emulator = await startEmulator();
  });

  beforeEach(() => emulator.reset());

  after(() => emulator.stop());

  const warnings = (): readonly string[] => emulator.requests().at(-1)?.warnings ?? [];

  const make = async (model: string, images: number, parameters: object): Promise<Reply> => {
    const list = Array.from({ length: images }, () => pictureUrl);
    return await send(emulator, paths.multimodal, { body: editBody(model, list, parameters) });
  };

  const edit = async (
    editFunction: string,
    parameters: object,
    more: object = {},
  ): Promise<Reply> => {
    const input = { function: editFunction, prompt: 'a', base_image_url: pictureUrl, ...more };
    const body = { model: 'wanx2.1-imageedit', input, parameters };
    return await send(emulator, paths.imageEdit, { body });
  };

  const sketch = async (parameters: object): Promise<Reply> => {
    const input = { prompt: 'a house', sketch_image_url: pictureUrl };
    const body = { model: 'wanx-sketch-to-image-lite', input, parameters };
    return await send(emulator, paths.imageEdit, { body });
  };

  const assertQuiet = (reply: Reply): void => {
    assert.equal(reply.status, 200, JSON.stringify(reply.body));
    assert.deepEqual(warnings(), []);
  };

  const assertWarned = (reply: Reply, warning: string): void => {
    assert.equal(reply.status, 200, JSON.stringify(reply.body));
    assert.deepEqual(warnings(), [warning]);
  };

  it('are taken where the documents have them', async () => {
    assertQuiet(
      await make('qwen-image-3.0', 0, {
        prompt_extend: true,
        prompt_extend_mode: 'agent',
        enable_thinking: false,
        negative_prompt: 'x'.repeat(900),
      }),
    );
    assertQuiet(await make('qwen-image-3.0', 1, { prompt_extend_mode: 'direct' }));
    assertQuiet(
      await make('wan2.7-image', 0, { n: 1, thinking_mode: false, color_palette: palette }),
    );
    assertQuiet(
      await make('wan2.7-image', 2, {
        n: 1,
        bbox_list: [
          [
            [0, 0, 10, 20],
            [5, 5, 6, 6],
          ],
          [],
        ],
      }),
    );
    assertQuiet(await make('wan2.6-image', 1, { n: 1, prompt_extend: false }));
    assertQuiet(await edit('expand', { top_scale: 1.5, left_scale: 2, n: 1 }));
    assertQuiet(await edit('super_resolution', { upscale_factor: 4 }));
    assertQuiet(await edit('doodle', { is_sketch: true }));
    assertQuiet(await edit('description_edit', { strength: 0 }));
    assertQuiet(await edit('description_edit_with_mask', {}, { mask_image_url: pictureUrl }));
    assertQuiet(
      await sketch({
        style: '<watercolor>',
        size: '768*768',
        sketch_weight: 0,
        sketch_extraction: true,
        sketch_color: [
          [134, 134, 134],
          [0, 0, 0],
        ],
      }),
    );
    const reference = { prompt: 'a', ref_img: pictureUrl };
    const body = {
      model: 'wanx-v1',
      input: reference,
      parameters: { ref_strength: 1, ref_mode: 'refonly' },
    };
    assertQuiet(await send(emulator, paths.imageSynthesis, { body }));
  });

  const box = (...corners: number[]): object => ({ bbox_list: [[corners]] });
  const boxCount = 'The length of bbox_list must be the number of input images (1).';
  const refused: readonly (readonly [string, number, object, string])[] = [
    [
      'qwen-image-3.0',
      0,
      { prompt_extend_mode: 'smart' },
      'prompt_extend_mode must be one of direct, agent.',
    ],
    [
      'qwen-image-3.0',
      1,
      { prompt_extend_mode: 'agent' },
      'prompt_extend_mode agent does not support input images.',
    ],
    ['qwen-image-3.0', 0, { enable_thinking: 'yes' }, invalid('enable_thinking')],
    ['wan2.7-image', 0, { thinking_mode: 'true' }, invalid('thinking_mode')],
    ['wan2.7-image', 0, { enable_sequential: 1 }, invalid('enable_sequential')],
    ['wan2.7-image', 1, { bbox_list: [] }, boxCount],
    ['wan2.7-image', 1, { bbox_list: [[], []] }, boxCount],
    ['wan2.7-image', 1, { bbox_list: [Array(3).fill([0, 0, 1, 1])] }, invalid('bbox_list')],
    ['wan2.7-image', 1, box(0, 0, 10), invalid('bbox_list')],
    ['wan2.7-image', 1, box(10, 0, 10, 5), invalid('bbox_list')],
    ['wan2.7-image', 1, box(0, 6, 10, 5), invalid('bbox_list')],
    ['wan2.7-image', 1, box(0, 0, 0.5, 1), invalid('bbox_list')],
    [
      'wan2.7-image',
      0,
      { color_palette: palette.slice(1) },
      'color_palette must have 3 to 10 colors.',
    ],
    [
      'wan2.7-image',
      0,
      { color_palette: [...palette, share('#000000', '0.01%')] },
      'The ratios of color_palette must add up to 100.00%.',
    ],
    [
      'wan2.7-image',
      0,
      { color_palette: [...palette.slice(1), share('red', '50.00%')] },
      invalid('color_palette'),
    ],
    [
      'wan2.7-image',
      0,
      { color_palette: [...palette.slice(1), share('#FF0000', '50%')] },
      invalid('color_palette'),
    ],
    [
      'wan2.7-image',
      0,
      { color_palette: [...palette.slice(1), { hex: '#FF0000', ratio: 0.5 }] },
      invalid('color_palette'),
    ],
    [
      'wan2.6-image',
      0,
      { enable_interleave: true, stream: true, max_images: 6 },
      'Range of max_images should be [1, 5]',
    ],
    ['wan2.6-image', 1, { enable_interleave: 'true' }, invalid('enable_interleave')],
  ];
  for (const [model, images, parameters, message] of refused) {
    it(`of ${model}: refuses ${JSON.stringify(parameters)} with ${images} images`, async () => {
      assertRefused(await make(model, images, parameters), 400, 'InvalidParameter', message);
    });
  }

  it('of wanx2.1-imageedit have their ranges', async () => {
    for (const [name, parameters, message] of [
      ['stylization_all', { strength: 1.1 }, 'Range of strength should be [0, 1]'],
      ['expand', { top_scale: 0.9 }, 'Range of top_scale should be [1, 2]'],
      ['expand', { right_scale: 2.1 }, 'Range of right_scale should be [1, 2]'],
      ['super_resolution', { upscale_factor: 5 }, 'Range of upscale_factor should be [1, 4]'],
      ['super_resolution', { upscale_factor: 1.5 }, 'Range of upscale_factor should be [1, 4]'],
      ['doodle', { is_sketch: 1 }, invalid('is_sketch')],
      ['paint', {}, invalid('function')],
      ['description_edit_with_mask', {}, invalid('mask_image_url')],
    ] as const) {
      assertRefused(await edit(name, parameters), 400, 'InvalidParameter', message);
    }
  });

  it('of the sketch model have their ranges', async () => {
    for (const [parameters, message] of [
      [{ sketch_weight: 11 }, 'Range of sketch_weight should be [0, 10]'],
      [{ sketch_weight: 1.5 }, 'Range of sketch_weight should be [0, 10]'],
      [{ sketch_color: [[0, 0, 256]] }, invalid('sketch_color')],
      [{ sketch_color: [0, 0, 0] }, invalid('sketch_color')],
      [{ style: '<photography>' }, 'The style is invalid.'],
      [{ n: 5 }, 'Range of n should be [1, 4]'],
    ] as const) {
      assertRefused(await sketch(parameters), 400, 'InvalidParameter', message);
    }
  });

  it('of wanx-v1 have their ranges', async () => {
    for (const [parameters, message] of [
      [{ ref_strength: -0.1 }, 'Range of ref_strength should be [0, 1]'],
      [{ ref_mode: 'copy' }, 'ref_mode must be one of repaint, refonly.'],
    ] as const) {
      const body = promptBody('wanx-v1', parameters);
      const reply = await send(emulator, paths.imageSynthesis, { body });
      assertRefused(reply, 400, 'InvalidParameter', message);
    }
  });

  it('that do nothing in this call are only noted', async () => {
    const idle = (name: string, reason: string): string =>
      `parameters.${name} has no effect ${reason}`;
    assertWarned(
      await make('wan2.7-image', 1, { thinking_mode: true }),
      idle('thinking_mode', 'with input images or enable_sequential'),
    );
    assertWarned(
      await make('wan2.7-image', 0, { thinking_mode: true, enable_sequential: true }),
      idle('thinking_mode', 'with input images or enable_sequential'),
    );
    assertWarned(
      await make('wan2.6-image', 1, { max_images: 2 }),
      idle('max_images', 'without enable_interleave'),
    );
    assertWarned(await edit('doodle', { strength: 0.5 }), idle('strength', 'for this function'));
    const body = promptBody('wanx-v1', { ref_mode: 'repaint' });
    assertWarned(
      await send(emulator, paths.imageSynthesis, { body }),
      idle('ref_mode', 'without ref_img'),
    );
  });

  it('that a model does not have are only noted', async () => {
    for (const [model, images, name] of [
      ['wan2.7-image', 0, 'prompt_extend'],
      ['wan2.7-image', 0, 'negative_prompt'],
      ['qwen-image-2.1-pro', 0, 'negative_prompt'],
      ['qwen-image-2.1-pro', 0, 'enable_thinking'],
      ['qwen-image-2.0', 0, 'prompt_extend_mode'],
      ['qwen-image-edit', 1, 'size'],
      ['qwen-image-edit', 1, 'prompt_extend'],
      ['z-image-turbo', 0, 'watermark'],
    ] as const) {
      const reply = await make(model, images, { [name]: name });
      assertWarned(reply, `parameters.${name} is not known to ${model} and was ignored`);
    }
  });

  it('cut prompts where each model stops reading', async () => {
    for (const [model, limit] of [
      ['wan2.7-image', 5000],
      ['qwen-image-3.0', 4500],
      ['qwen-image-edit', 800],
    ] as const) {
      const images = model === 'qwen-image-edit' ? [{ image: pictureUrl }] : [];
      const content = [...images, { text: '狐'.repeat(limit + 1) }];
      const body = {
        model,
        input: { messages: [{ role: 'user', content }] },
        parameters: { n: 1 },
      };
      assert.equal((await send(emulator, paths.multimodal, { body })).status, 200);
      assert.equal(emulator.ledger().at(-1)?.prompt.length, limit);
    }
    const long = '狐'.repeat(9000);
    const body = messagesBody('qwen-image-2.1-pro', {}, long);
    await send(emulator, paths.multimodal, { body });
    assert.equal(emulator.ledger().at(-1)?.prompt, long); // no limit is known
    await sketch({});
    const { length } = 'a house';
    assert.equal(emulator.ledger().at(-1)?.prompt.length, length);
  });
});
