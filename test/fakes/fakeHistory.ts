import type {
  GalleryFilter,
  GalleryHostMessage,
  GalleryImage,
  ImageDetails,
} from '../../src/shared/galleryProtocol';
import type { PageMessage } from '../../src/shared/pageMessage';

/** What the tests of the gallery take out of the history or put into it. */
type FakeImage = Partial<Omit<GalleryImage, 'id'>>;

/** How a test wants the gallery; it says so before the script runs. */
export interface GallerySetup {
  readonly count: number;
  readonly now: number;
  readonly images?: Readonly<Record<number, FakeImage>>;
  /** The test answers by itself. */
  readonly isSilent?: boolean;
  readonly memory?: unknown;
}

const prompts = [
  'A quiet harbour at dawn, fishing boats, mist over the water, soft watercolor',
  'Isometric illustration of a small server room, warm light, muted palette',
  'Portrait of an old sailor, grey beard, window light, 85 mm',
  'Flat icon of a paper plane, two colours, generous white space',
  'Autumn forest seen from above, winding road, a red car',
  'Cross-section of a lighthouse, technical drawing, ink on paper',
  'A fox asleep in a bookshop, cosy, evening',
];
const sizes = [
  { width: 1664, height: 928 },
  { width: 1328, height: 1328 },
  { width: 928, height: 1664 },
];
const models = ['Qwen Image 2.0 Pro', 'Wan 2.6'] as const;

/** Answers as the host does, from so many images: the newest is number 0. */
export class FakeHistory {
  #images: GalleryImage[];

  constructor(
    count: number,
    private readonly now: number,
    overrides: Readonly<Record<number, FakeImage>> = {},
  ) {
    this.#images = Array.from({ length: count }, (_, index) => ({
      ...this.#image(index),
      ...overrides[index],
    }));
  }

  /** What the host says to a message, at once; undefined for what it does silently. */
  answer(message: PageMessage): GalleryHostMessage | undefined {
    switch (message.type) {
      case 'queryHistory': {
        const { queryId, offset, limit, filter } = message;
        const found = this.#images.filter((image) => passes(image, filter));
        return {
          type: 'historyPage',
          queryId,
          offset,
          total: found.length,
          items: found.slice(offset, offset + limit),
          models: models.map((label) => ({ id: label, label })),
        };
      }
      case 'showDetails': {
        const image = this.#images.find(({ id }) => id === message.imageId);
        return image && { type: 'details', details: detailsOf(image) };
      }
      default:
        return undefined;
    }
  }

  remove(ids: readonly string[]): void {
    this.#images = this.#images.filter(({ id }) => !ids.includes(id));
  }

  /** A newer one than all others. */
  add(id: string): void {
    this.#images.unshift({ ...this.#image(0), id });
  }

  #image(index: number): GalleryImage {
    return {
      id: `image-${index}`,
      jobId: `job-${index}`,
      src: `/images/${index}.png`,
      thumbnail: `/images/small-${index}.png`,
      fileName: `image-${index}.png`,
      size: sizes[index % sizes.length] ?? { width: 1, height: 1 },
      prompt: prompts[index % prompts.length] ?? '',
      modelLabel: models[index % 3 === 2 ? 1 : 0],
      startedAt: this.now - index * 3_600_000,
      isFavourite: index % 9 === 4,
    };
  }
}

function passes(image: GalleryImage, filter: GalleryFilter): boolean {
  const words = filter.text.toLowerCase().split(/\s+/);
  const text = `${image.prompt} ${image.fileName} ${image.modelLabel}`.toLowerCase();
  const { width, height } = image.size;
  const shape = width === height ? 'square' : width > height ? 'landscape' : 'portrait';
  return (
    words.every((word) => text.includes(word)) &&
    (filter.modelId === null || filter.modelId === image.modelLabel) &&
    (filter.since === null || image.startedAt >= filter.since) &&
    (filter.shape === null || filter.shape === shape) &&
    (!filter.isFavourite || image.isFavourite)
  );
}

function detailsOf(image: GalleryImage): ImageDetails {
  const { id, src, fileName, prompt, modelLabel, size, startedAt, isFavourite } = image;
  return {
    id,
    ...(src !== undefined && { src }),
    fileName,
    path: `docs/images/${fileName}`,
    prompt,
    actualPrompt: `${prompt}, highly detailed, balanced composition, natural colours`,
    negativePrompt: 'text, watermark',
    modelLabel,
    requestedSize: id === 'image-1' ? '1024 × 1024' : `${size.width} × ${size.height}`,
    size,
    ...(id !== 'image-2' && { seed: 1234567890 }),
    parameters: [{ label: 'Extend the prompt', value: 'On' }],
    costText: '¥0.25',
    startedAt,
    tookMs: 12_400,
    requestId: '7f3c2b1a-9d8e-4f60-a1b2-c3d4e5f60718',
    isFavourite,
  };
}
