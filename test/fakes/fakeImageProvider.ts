import type {
  DeliveredImage,
  GeneratedImage,
  GenerateOptions,
  ImageDelivery,
  ImageModel,
  ImageProvider,
  ImageRequest,
} from '../../src/imageModel/imageModel';
import type { ModelDescriptor } from '../../src/imageModel/modelDescriptor';

/** A model that makes images from text, with two sizes. */
export const fakeModel: ModelDescriptor = {
  id: 'fake-model',
  label: 'Fake Model',
  family: 'Fakes',
  regions: ['cn-beijing'],
  sizeRule: {
    kind: 'fixed',
    presets: [
      { width: 64, height: 32 },
      { width: 32, height: 32 },
    ],
  },
  defaultSize: { width: 64, height: 32 },
  maxImagesPerCall: 4,
  promptLimit: { max: 20, unit: 'characters' },
  negativePromptLimit: { max: 10, unit: 'characters' },
  seed: { min: 0, max: 100 },
  facts: 'documented',
  parameters: {
    style: { kind: 'choice', values: ['<auto>', '<sketch>'], default: '<auto>' },
    promptExtend: { kind: 'flag', default: true },
    watermark: { kind: 'flag', default: false },
  },
};

/** What the fake makes of a delivered image. */
export function fakeImage({ url }: DeliveredImage): GeneratedImage {
  return {
    bytes: new TextEncoder().encode(url),
    mediaType: 'image/png',
    size: { width: 64, height: 32 },
  };
}

/** A provider whose answers the test decides; it records what it was asked. */
export class FakeImageProvider implements ImageProvider {
  readonly requests: ImageRequest[] = [];
  readonly resumed: string[] = [];
  readonly downloads: string[] = [];
  generate = (_request: ImageRequest, _options: GenerateOptions): Promise<ImageDelivery> =>
    Promise.resolve(deliveryOf('one'));
  download = (image: DeliveredImage, _options: GenerateOptions): Promise<GeneratedImage> =>
    Promise.resolve(fakeImage(image));

  constructor(private readonly descriptors: readonly ModelDescriptor[] = [fakeModel]) {}

  models(): readonly ModelDescriptor[] {
    return this.descriptors;
  }

  describe(modelId: string): ModelDescriptor | undefined {
    return this.descriptors.find(({ id }) => id === modelId);
  }

  price(): undefined {
    return undefined;
  }

  createModel(): ImageModel {
    return {
      generate: (request, options) => {
        this.requests.push(request);
        return this.generate(request, options);
      },
      resume: async (taskId) => {
        this.resumed.push(taskId);
        return deliveryOf('resumed');
      },
      download: (image, options) => {
        this.downloads.push(image.url);
        return this.download(image, options);
      },
    };
  }
}

/** A delivery of images with these URLs. */
export function deliveryOf(...urls: string[]): ImageDelivery {
  return { images: urls.map((url) => ({ url })), failures: [], requestId: 'request-1' };
}
