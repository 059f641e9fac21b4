import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { formatLine } from '../../src/history/historyEvents';
import type { HistoryImage, HistoryJob } from '../../src/history/historyJob';
import type { ImageRequest, ImageSize } from '../../src/imageModel/imageModel';
import { encodePng } from '../emulator/picture/encodePng';
import { createRandom } from '../emulator/picture/random';

/** What a made-up history is to be like. */
export interface SeedOptions {
  /** Easel's own storage. */
  readonly storage: string;
  /** How many images. */
  readonly images: number;
  /** Where the image files are said to lie; the storage's folder `seeded` unless given. */
  readonly imagesFolder?: string;
  /** Of all jobs; absent for a window without a folder. */
  readonly workspace?: string;
  /** When the newest job began, in milliseconds since the epoch. */
  readonly newestAt?: number;
  /** Writes the image files, each of a few hundred bytes: its pixels are fewer than the history says. */
  readonly writesFiles?: boolean;
  readonly writesThumbnails?: boolean;
}

const subjects = [
  'a red fox asleep in fresh snow',
  'an old lighthouse on a black rock, seen from the sea',
  'the reading room of a library at night, green lamps',
  'a steam train crossing a stone viaduct in autumn',
  'a bowl of ramen with a soft egg, steam rising',
  '雪山脚下的湖面倒影，晨雾未散',
  '江南水乡的石桥，细雨，一位撑油纸伞的女子',
  '一只橘猫趴在窗台上晒太阳，窗外是城市的屋顶',
  '敦煌壁画风格的飞天，衣带飘举',
  '赛博朋克风格的夜市，霓虹灯招牌写着“面馆”',
] as const;

const manners = [
  'watercolor, soft edges, visible paper',
  'photo, 35 mm, shallow depth of field, golden hour',
  'flat illustration for a technical article, four colors, a lot of white space',
  '水墨画，留白，意境悠远',
  '电影感画面，侧逆光，浅景深，细节丰富',
  'isometric, clay, studio light, no text',
] as const;

const sizes: readonly ImageSize[] = [
  { width: 2048, height: 2048 },
  { width: 2688, height: 1536 },
  { width: 1536, height: 2688 },
  { width: 1024, height: 1024 },
  { width: 1328, height: 1328 },
  { width: 1280, height: 960 },
];

const modelIds = ['qwen-image-2.0-pro', 'qwen-image-plus', 'wan2.6-t2i', 'wan2.2-t2i-flash'];
const millisecondsApart = 17 * 60 * 1000;

/** Jobs with so many images together, oldest first; the same each time. */
function seededJobs(options: SeedOptions): readonly HistoryJob[] {
  const random = createRandom(options.images);
  const pick = <T>(values: readonly [T, ...T[]] | readonly T[]): T =>
    values[Math.floor(random() * values.length)] as T; // It is within the list.
  const { storage, newestAt = Date.UTC(2026, 10, 1) } = options;
  const folder = pathToFileURL(options.imagesFolder ?? path.join(storage, 'seeded')).toString();
  const counts: number[] = [];
  for (let left = options.images; left > 0; left -= counts.at(-1) ?? 0) {
    counts.push(Math.min(left, pick([1, 1, 1, 2, 4])));
  }
  return counts.map((count, index): HistoryJob => {
    const id = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
    const prompt = `${pick(subjects)}, ${pick(manners)}, No. ${index}`;
    const size = pick(sizes);
    const request: ImageRequest = {
      ...{ modelId: pick(modelIds), prompt, size, count, watermark: false },
      ...(random() < 0.5 && { promptExtend: random() < 0.5 }),
      ...(random() < 0.3 && { negativePrompt: '低分辨率，模糊，多余的手指' }),
      ...(random() < 0.3 && { seed: Math.floor(random() * 2_147_483_647) }),
    };
    const startedAt = newestAt - (counts.length - 1 - index) * millisecondsApart;
    const name = encodeURIComponent(`${prompt.slice(0, 30).replaceAll(/[\s,，]+/g, '-')}-${index}`);
    const images = Array.from({ length: count }, (_, position): HistoryImage => {
      const uri = `${folder}/${name}-${position}.png`;
      return { id: `${id}-${position}`, position, uri, mediaType: 'image/png', size };
    });
    return {
      ...{ id, request, startedAt, images, regionId: 'cn-beijing', requestId: `request-${index}` },
      endedAt: startedAt + 5_000 + Math.floor(random() * 20_000),
      cost: { amount: 0.2 * count, currency: 'CNY', isUpTo: false },
      ...(options.workspace !== undefined && { workspace: options.workspace }),
    };
  });
}

/** Writes a history of so many images into the storage, every hundredth a favourite. */
export async function seedHistory(options: SeedOptions): Promise<readonly HistoryJob[]> {
  const jobs = seededJobs(options);
  const images = jobs.flatMap((job) => job.images);
  const imageIds = images.flatMap(({ id }, index) => (index % 100 === 0 ? [id] : []));
  const lines = [
    ...jobs.map((job) => formatLine({ event: 'job', job })),
    formatLine({ event: 'favourite', imageIds, isFavourite: true }),
  ];
  const folder = path.join(options.storage, 'history');
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'jobs.jsonl'), `${lines.join('\n')}\n`);
  const { writesFiles = false, writesThumbnails = false } = options;
  if (writesFiles) await writePictures(images, ({ uri }) => new URL(uri));
  if (writesThumbnails) {
    const thumbnails = path.join(options.storage, 'thumbnails');
    await writePictures(images, ({ id }) => pathToFileURL(path.join(thumbnails, `${id}.png`)));
  }
  return jobs;
}

async function writePictures(
  images: readonly HistoryImage[],
  place: (image: HistoryImage) => URL,
): Promise<void> {
  const [first] = images;
  if (first) await mkdir(new URL('.', place(first)), { recursive: true });
  for (const [index, image] of images.entries()) {
    await writeFile(place(image), tinyPicture(image.size, index));
  }
}

/** One colour, in the shape of the image. */
function tinyPicture(size: ImageSize, index: number): Buffer {
  const width = 48;
  const height = Math.max(1, Math.round((width * size.height) / size.width));
  const pixels = new Uint8Array(width * height * 3);
  const color = [(index * 37) % 256, (index * 91) % 256, (index * 53) % 256];
  for (let at = 0; at < pixels.length; at += 1) pixels[at] = color[at % 3] ?? 0;
  return encodePng({ width, height, pixels });
}
