import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type BitmapFont, fontHeight, readFont } from '../../../src/placeholder/bitmapFont';
import { placeholderImage } from '../../../src/placeholder/placeholderImage';
import { decodePng } from '../../emulator/picture/decodePng';

const font: BitmapFont = readFont(readFileSync('media/placeholderFont.bin'));

interface Picture {
  readonly width: number;
  readonly height: number;
  /** True where the text is. */
  readonly isText: (x: number, y: number) => boolean;
  /** Red, green and blue of every colour, the darkest first. */
  readonly colours: readonly (readonly number[])[];
}

function draw(label: string, width: number, height: number): Uint8Array {
  const recipe = { source: 'easel', prompt: label, isPlaceholder: true } as const;
  return placeholderImage({ size: { width, height }, label, recipe, font });
}

function look(png: Uint8Array): Picture {
  const decoded = decodePng(Buffer.from(png));
  assert.ok(decoded, 'another decoder reads it');
  const { width, height, pixels } = decoded;
  const numbers = new Uint32Array(width * height);
  for (let pixel = 0; pixel < numbers.length; pixel++) {
    const [red = 0, green = 0, blue = 0] = pixels.subarray(pixel * 3, pixel * 3 + 3);
    numbers[pixel] = (red << 16) | (green << 8) | blue;
  }
  const colours = [...new Set(numbers)]
    .map((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255])
    .sort((a, b) => luminance(a) - luminance(b));
  const [red = 0, green = 0, blue = 0] = colours[0] ?? [];
  const text = (red << 16) | (green << 8) | blue;
  return { width, height, colours, isText: (x, y) => numbers[y * width + x] === text };
}

function luminance(colour: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = colour.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Whether a character stands somewhere in a picture, pixel for pixel; the scale is 1 to 3, if it is not told. */
function shows(picture: Picture, character: string, scale?: number): boolean {
  if (scale === undefined) return [1, 2, 3].some((each) => shows(picture, character, each));
  const glyph = font.glyph(character.codePointAt(0) ?? 0);
  assert.ok(glyph, `the font has ${character}`);
  const width = glyph.columns.length;
  const isAt = (left: number, top: number): boolean => {
    for (let y = 0; y < fontHeight; y++) {
      for (let x = 0; x < width; x++) {
        const isSet = (((glyph.columns[x] ?? 0) >> (fontHeight - 1 - y)) & 1) === 1;
        if (picture.isText(left + x * scale, top + y * scale) !== isSet) return false;
      }
    }
    return true;
  };
  for (let top = 0; top + fontHeight * scale <= picture.height; top++) {
    for (let left = 0; left + width * scale <= picture.width; left++) {
      if (isAt(left, top)) return true;
    }
  }
  return false;
}

/** The text alone, as rows of signs. */
function textRows(png: Uint8Array): string[] {
  const { width, height, isText } = look(png);
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (__, x) => (isText(x, y) ? '#' : ' ')).join(''),
  );
}

describe('a placeholder', () => {
  for (const [width, height] of [
    [64, 64],
    [1024, 768],
    [2048, 256],
    [257, 1023],
    [4096, 512],
  ] as const) {
    it(`has the size that was asked for: ${width} × ${height}`, () => {
      const picture = look(draw('雪地里的狐狸', width, height));
      assert.deepEqual([picture.width, picture.height], [width, height]);
    });
  }

  it('shows the prompt and its size, also in the smallest', () => {
    const tiny = look(draw('雪地里的狐狸', 64, 64));
    for (const character of '雪地里的狐狸64×') assert.ok(shows(tiny, character, 1), character);
    const larger = look(draw('a red fox', 256, 128));
    for (const character of 'aredfox1256×8') assert.ok(shows(larger, character), character);
  });

  it('shows a short prompt larger than a long one', () => {
    assert.ok(shows(look(draw('架构图', 640, 480)), '架', 5));
    assert.ok(shows(look(draw('一只在雪地里奔跑的红色狐狸，柔和的晨光', 640, 480)), '狐', 3));
  });

  it('ends a prompt that does not fit with an ellipsis', () => {
    const text = 'reflecting pool in the foreground, '.repeat(40);
    const picture = look(draw(text, 256, 192));
    assert.ok(shows(picture, '…'));
    assert.ok(shows(picture, '×'));
    assert.ok(!shows(look(draw('reflecting pool', 256, 192)), '…'));
  });

  it('draws a box for a letter that the font does not have, and leaves an emoji out', () => {
    assert.deepEqual(textRows(draw('🦊 狐狸 🎉', 256, 128)), textRows(draw('狐狸', 256, 128)));
    const withBox = textRows(draw('狐狸𠮷', 256, 128));
    assert.notDeepEqual(withBox, textRows(draw('狐狸', 256, 128)));
    assert.deepEqual(withBox, textRows(draw('狐狸𠮶', 256, 128)));
  });

  it('says nothing rather than boxes alone', () => {
    const picture = look(draw('ثعلب أحمر في الثلج', 256, 128));
    for (const character of '256×128') assert.ok(shows(picture, character), character);
    assert.deepEqual(textRows(draw('ثعلب', 256, 128)), textRows(draw('', 256, 128)));
  });

  it('has text of a contrast of 4.5 and more against all below it, whatever its hue', () => {
    const seen = new Set<string>();
    for (let index = 0; index < 60; index++) {
      const { colours } = look(draw(`prompt ${index}`, 96, 96));
      const [text = [], border = [], ...below] = colours;
      seen.add(`${border}`);
      for (const colour of below) {
        const contrast = (luminance(colour) + 0.05) / (luminance(text) + 0.05);
        assert.ok(contrast >= 4.5, `${contrast} of ${text} on ${colour}`);
      }
    }
    assert.ok(seen.size >= 10, 'prompts have different colours');
  });

  it('is the same for the same prompt', () => {
    assert.deepEqual(draw('a fox', 512, 512), draw('a fox', 512, 512));
  });

  it('is a small file', () => {
    const texts = ['', 'a red fox', '水墨画，远山如黛，近水含烟。'.repeat(20)];
    for (const text of texts) assert.ok(draw(text, 1024, 1024).length < 15_000, text);
  });

  it('survives sizes and texts that nobody asks for', () => {
    for (const [width, height] of [
      [1, 1],
      [7, 300],
      [300, 7],
      [24, 24],
    ] as const) {
      assert.equal(look(draw('\u0000 a\u202e\ud800 狐 x'.repeat(99), width, height)).width, width);
    }
  });
});

describe('the font of placeholders', () => {
  it('has every Hanzi of GB 2312, and what stands between them', () => {
    const decoder = new TextDecoder('gb18030');
    let count = 0;
    for (let lead = 0xb0; lead <= 0xf7; lead++) {
      for (let trail = 0xa1; trail <= 0xfe; trail++) {
        const codePoint = decoder.decode(Uint8Array.of(lead, trail)).codePointAt(0) ?? 0;
        if (codePoint < 0x4e00 || codePoint > 0x9fff) continue;
        assert.ok(font.glyph(codePoint), codePoint.toString(16));
        count++;
      }
    }
    assert.equal(count, 6763);
    const others = 'Az09~éßąžŐΩжЯ—…“”‘’·、。，：；？！（）《》【】「」￥％ひらカナ×→←↑↓€№';
    for (const character of others) {
      assert.ok(font.glyph(character.codePointAt(0) ?? 0), character);
    }
  });

  it('is compact', () => {
    assert.ok(readFileSync('media/placeholderFont.bin').length < 180_000);
  });
});
