import assert from 'node:assert/strict';
import { crc32, inflateSync } from 'node:zlib';
import { decodePng } from '../../emulator/picture/decodePng';
import { drawPicture } from '../../emulator/picture/drawPicture';
import { glyphOf } from '../../emulator/picture/lettering';
import { samplePng } from './samplePictures';

const fox = { prompt: 'a red fox', model: 'qwen-image-2.0', width: 160, height: 96, seed: 42 };

/** Width, height and all pixels; fails on anything that a decoder would not take. */
function decode(png: Buffer): { width: number; height: number; rows: Buffer } {
  assert.equal(png.toString('hex', 0, 8), '89504e470d0a1a0a');
  const chunks = new Map<string, Buffer>();
  for (let offset = 8; offset < png.length; ) {
    const length = png.readUInt32BE(offset);
    const body = png.subarray(offset + 4, offset + 8 + length);
    assert.equal(png.readUInt32BE(offset + 8 + length), crc32(body));
    chunks.set(body.toString('latin1', 0, 4), body.subarray(4));
    offset += 12 + length;
  }
  assert.deepEqual([...chunks.keys()], ['IHDR', 'IDAT', 'IEND']);
  const header = chunks.get('IHDR') ?? Buffer.alloc(13);
  assert.deepEqual([...header.subarray(8)], [8, 2, 0, 0, 0]);
  const rows = inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0));
  return { width: header.readUInt32BE(0), height: header.readUInt32BE(4), rows };
}

describe('emulator: pictures', () => {
  it('are whole PNGs of exactly the size', () => {
    for (const [width, height] of [
      [160, 96],
      [96, 160],
      [512, 512],
      [1, 1],
    ] as const) {
      const png = decode(drawPicture({ ...fox, width, height }));
      assert.deepEqual([png.width, png.height], [width, height]);
      assert.equal(png.rows.length, (width * 3 + 1) * height);
    }
  });

  it('are the same bytes for the same description', () => {
    assert.deepEqual(drawPicture(fox), drawPicture({ ...fox }));
  });

  it('differ with prompt, seed, model and watermark', () => {
    const pictures = [
      fox,
      { ...fox, prompt: 'a grey wolf' },
      { ...fox, seed: 43 },
      { ...fox, model: 'wanx-v1' },
      { ...fox, watermark: 'AI生成' },
    ].map((description) => drawPicture(description).toString('base64'));
    assert.equal(new Set(pictures).size, pictures.length);
  });

  it('show what they are made from, the last one largest', () => {
    const red = { id: 'red', bytes: samplePng(64, 64, [255, 0, 0]) };
    const green = { id: 'green', bytes: samplePng(64, 64, [0, 255, 0]) };
    const picture = decodePng(drawPicture({ ...fox, inputs: [green, red] }));
    const colourAt = (x: number, y: number): number[] => {
      const offset = (y * fox.width + x) * 3;
      return [...(picture?.pixels.subarray(offset, offset + 3) ?? [])];
    };
    const [redShare = 0, greenShare = 0] = colourAt(120, 20);
    assert.ok(redShare > 200 && greenShare < 80);
    assert.deepEqual(colourAt(10, 10), [0, 255, 0]);
  });

  it('have room around what is expanded', () => {
    const red = { id: 'red', bytes: samplePng(64, 64, [255, 0, 0]) };
    const margins = { left: 1, right: 0, top: 0, bottom: 0 };
    const description = { ...fox, inputs: [red], margins };
    const picture = decodePng(drawPicture(description));
    const without = decodePng(drawPicture({ ...description, inputs: [{ id: 'red' }] }));
    const rowOf = (canvas: typeof picture, from: number, to: number): unknown =>
      canvas?.pixels.subarray(from * 3, to * 3);
    assert.deepEqual(rowOf(picture, 0, 80), rowOf(without, 0, 80));
    assert.notDeepEqual(rowOf(picture, 80, 160), rowOf(without, 80, 160));
  });

  it('are landscapes of their own for inputs that cannot be read', () => {
    const of = (id: string): string =>
      drawPicture({ ...fox, inputs: [{ id, bytes: Buffer.from('no image') }] }).toString('base64');
    assert.equal(of('one'), of('one'));
    assert.notEqual(of('one'), of('two'));
  });

  it('take any prompt', () => {
    const prompts = [
      '',
      '  \n\t',
      'x'.repeat(3000),
      '一间花店'.repeat(400),
      '😀🏽\u0000\ufffd\ud800',
    ];
    for (const prompt of prompts) decode(drawPicture({ ...fox, prompt }));
  });

  it('have a glyph for every character, if only a box', () => {
    for (const character of 'aZ9 木门，！漢😀') {
      const glyph = glyphOf(character.codePointAt(0) ?? 0);
      assert.ok(glyph.advance > 0, character);
      assert.equal(glyph.outlines.length > 0, character !== ' ', character);
    }
  });
});
