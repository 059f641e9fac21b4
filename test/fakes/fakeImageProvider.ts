import type {
  AcceptedTask,
  DeliveredImage,
  DownloadedImage,
  GenerateOptions,
  ImageDelivery,
  ImageModel,
  ImageProvider,
  ImageRequest,
  LostSubmit,
  LostTaskSearch,
  ServicePlace,
  SubmitLimits,
  SubmitOptions,
  Submitted,
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

/** What the fake makes of a delivered image; its bytes are its URL's. */
export function fakeImage({ url }: DeliveredImage, file: string): DownloadedImage {
  return { file, byteLength: url.length, mediaType: 'image/png', size: { width: 64, height: 32 } };
}

/** A provider whose answers the test decides; it records what it was asked. */
export class FakeImageProvider implements ImageProvider {
  readonly requests: ImageRequest[] = [];
  readonly waited: string[] = [];
  readonly cancelled: string[] = [];
  readonly downloads: string[] = [];
  readonly places: ServicePlace[] = [];
  limits: SubmitLimits = { key: 'fake-model', perMinute: 60, concurrentTasks: 2 };
  /** Answers by itself, unless the test has another idea; sends before that, as every model does. */
  submit = async (_request: ImageRequest, options: SubmitOptions): Promise<Submitted> => {
    await options.beforeSend?.('call');
    return { delivery: deliveryOf('one') };
  };
  wait = async (_task: AcceptedTask, _options: GenerateOptions): Promise<ImageDelivery> =>
    deliveryOf('waited');
  cancel = async (_taskId: string): Promise<boolean> => true;
  findLostTask = async (_lost: LostSubmit): Promise<LostTaskSearch> => ({
    found: undefined,
    candidates: 0,
  });
  download = async (
    image: DeliveredImage,
    file: string,
    _options: GenerateOptions,
  ): Promise<DownloadedImage> => fakeImage(image, file);

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

  place(regionId: string): ServicePlace {
    return { regionId, baseUrl: 'https://fake' };
  }

  createModel(_modelId: string, place: ServicePlace): ImageModel {
    this.places.push(place);
    return {
      limits: this.limits,
      submit: (request, options) => {
        this.requests.push(request);
        return this.submit(request, options);
      },
      wait: (task, _request, options) => {
        this.waited.push(task.taskId);
        return this.wait(task, options);
      },
      cancel: (taskId) => {
        this.cancelled.push(taskId);
        return this.cancel(taskId);
      },
      findLostTask: (lost) => this.findLostTask(lost),
      download: (image, file, options) => {
        this.downloads.push(image.url);
        return this.download(image, file, options);
      },
    };
  }
}

/** A delivery of images with these URLs. */
export function deliveryOf(...urls: string[]): ImageDelivery {
  return { images: urls.map((url) => ({ url })), failures: [], requestId: 'request-1' };
}

/** An accepted task. */
export function taskOf(taskId: string): AcceptedTask {
  return { taskId, requestId: 'request-1', submittedAt: 0 };
}
