import { crc32, deflateSync } from 'node:zlib';
import { png } from '../dashscope/pictures';

/** A PNG chunk with its length and checksum. */
export function pngChunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(data.length);
  chunk.set(body, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
}

/** A small PNG with more chunks behind its header. */
export function pngWith(...chunks: readonly Buffer[]): Buffer {
  const file = png(3, 2);
  return Buffer.concat([file.subarray(0, 33), ...chunks, file.subarray(33)]);
}

export function textChunk(keyword: string, text: string): Buffer {
  return pngChunk('tEXt', Buffer.from(`${keyword}\0${text}`, 'latin1'));
}

export function packedTextChunk(keyword: string, text: string | Buffer): Buffer {
  const packed = deflateSync(text);
  return pngChunk('zTXt', Buffer.concat([Buffer.from(`${keyword}\0\0`, 'latin1'), packed]));
}

export function internationalTextChunk(keyword: string, text: string): Buffer {
  return pngChunk('iTXt', Buffer.from(`${keyword}\0\0\0\0\0${text}`));
}

/** A JPEG segment with its length. */
export function segment(marker: number, data: string | Uint8Array): Buffer {
  const body = typeof data === 'string' ? Buffer.from(data, 'utf8') : data;
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

/** Parts of a JPEG, with picture data that nobody decodes. */
export function jpegWith(...segments: readonly Buffer[]): Buffer {
  return Buffer.concat([
    Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'),
    ...segments,
    Buffer.from('ffc0000b080002000301011100ffda0008010100003f00d2cf20ffd9', 'hex'),
  ]);
}

export function xmpSegment(packet: string): Buffer {
  return segment(0xe1, `http://ns.adobe.com/xap/1.0/\0${packet}`);
}

/** China's label of images that a model made, as an image service writes it. */
export const labelPacket = `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:TC260="http://www.tc260.org.cn/ns/AIGC/1.0/" TC260:AIGC="{&quot;Label&quot;:&quot;1&quot;,&quot;ContentProducer&quot;:&quot;阿里云&quot;}"/>
 </rdf:RDF>
</x:xmpmeta>
${' '.repeat(200)}
<?xpacket end="w"?>`;

/** A WebP file of these chunks. */
export function webpOf(...chunks: readonly (readonly [type: string, data: Buffer])[]): Buffer {
  const body = chunks.map(([type, data]) => {
    const head = Buffer.alloc(8);
    head.write(type, 'latin1');
    head.writeUInt32LE(data.length, 4);
    return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
  });
  const all = Buffer.concat(body);
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
  head.writeUInt32LE(all.length + 4, 4);
  return Buffer.concat([head, all]);
}

/** The picture chunk of a lossless WebP, with the header and nothing else. */
export function losslessChunk(
  width: number,
  height: number,
  hasAlpha: boolean,
): readonly [string, Buffer] {
  const data = Buffer.alloc(7);
  data[0] = 0x2f;
  data.writeUInt32LE((width - 1) | ((height - 1) << 14) | (hasAlpha ? 1 << 28 : 0), 1);
  return ['VP8L', data];
}

/** The extended header with these flags. */
export function extendedChunk(
  flags: number,
  width: number,
  height: number,
): readonly [string, Buffer] {
  const data = Buffer.alloc(10);
  data[0] = flags;
  data.writeUIntLE(width - 1, 4, 3);
  data.writeUIntLE(height - 1, 7, 3);
  return ['VP8X', data];
}
