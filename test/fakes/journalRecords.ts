import type { SavedImage } from '../../src/generation/generationJob';
import type { JobRecord, JobStep } from '../../src/generation/jobJournal';
import type { AcceptedTask, ImageDelivery, ImageRequest } from '../../src/imageModel/imageModel';
import type { InputImage } from '../../src/imageModel/inputImage';
import type { ImageParameters } from '../../src/imageModel/parameters';
import type { ModelPrice } from '../../src/imageModel/price';
import type { StoredRecord } from '../../src/journal/recordSchema';

/** All fields, so that a new one does not compile until it is here, and comes into the round trips of the tests. */
type Full<T> = { readonly [K in keyof T]-?: Exclude<T[K], undefined> };

const inputImage: Full<InputImage> = {
  uri: 'file:///home/me/参考.png',
  format: 'png',
  byteLength: 12_345,
  size: { width: 640, height: 480 },
  hasAlpha: true,
};

const parameters: Full<ImageParameters> = {
  promptExtend: true,
  promptExtendMode: 'agent',
  watermark: false,
  style: '<auto>',
  thinking: true,
  sequential: true,
  interleave: false,
  maxImages: 4,
  referenceStrength: 0.5,
  referenceMode: 'repaint',
  editFunction: 'expand',
  strength: 0.25,
  topScale: 1.5,
  bottomScale: 1,
  leftScale: 1.25,
  rightScale: 2,
  upscaleFactor: 2,
  isSketch: false,
  sketchWeight: 3,
  sketchExtraction: true,
  sketchColors: ['#102030'],
  colorPalette: [{ hex: '#FF0000', ratio: 100 }],
  boxes: [[[0, 1, 20, 30]], []],
};

/** A request with everything that a request can have. */
export const fullRequest: Full<ImageRequest> = {
  ...parameters,
  modelId: 'some-model',
  prompt: '雪中的\n"fox" \u{1F98A}',
  size: { width: 1024, height: 768 },
  count: 2,
  seed: 7,
  negativePrompt: '模糊',
  images: [inputImage, { uri: 'https://example.com/a.png' }],
  mask: inputImage,
  typed: { prompt: 'fox', style: 'builtIn:photo', negativePrompt: '' },
};

const price: Full<ModelPrice> = {
  currency: 'CNY',
  image: 0.2,
  largeImage: 0.4,
  extendedImage: 0.3,
  inputImage: 0.01,
  asOf: '2026-10',
  source: 'official',
};

/** A delivery with everything that one can have. */
const fullDelivery: Full<ImageDelivery> = {
  images: [{ url: 'https://result.example/1.png?Signature=x', actualPrompt: 'a fox' }],
  failures: [{ kind: 'contentFilter', code: 'DataInspectionFailed', message: 'no' }],
  requestId: 'request-1',
  taskId: 'task-1',
  parts: ['a text', 0],
  usage: { images: 1, size: { width: 1024, height: 768 }, isLarge: false, inputImages: 1 },
};

const task: Full<AcceptedTask> = { taskId: 'task-1', requestId: 'request-1', submittedAt: 2_000 };

const saved: Full<SavedImage> = {
  id: 'a-0',
  position: 0,
  uri: 'file:///home/me/fox.png',
  mediaType: 'image/png',
  size: { width: 1024, height: 768 },
  keptBecause: 'the folder is read-only',
};

/** Each step, with everything that it can have. */
export const fullSteps: { readonly [At in JobStep['at']]: Full<Extract<JobStep, { at: At }>> } = {
  waiting: { at: 'waiting', lost: { sentAt: 1_763_700_000_123 } },
  sending: { at: 'sending', mode: 'task', sentAt: 1_763_700_000_123 },
  task: { at: 'task', task },
  delivered: {
    at: 'delivered',
    delivery: fullDelivery,
    deliveredAt: 3_000,
    images: [saved],
    chosen: { '1': 'file:///home/me/fox-1.png' },
  },
  failed: {
    at: 'failed',
    error: {
      kind: 'network',
      message: 'The line is dead.',
      code: 'ECONNRESET',
      requestId: 'request-1',
      taskId: 'task-1',
      httpStatus: 502,
      retryable: true,
      billed: 'maybe',
      serviceMessage: 'Bad Gateway',
    },
    endedAt: 4_000,
    images: [saved],
    delivery: fullDelivery,
    task,
    chosen: { '1': 'file:///home/me/fox-1.png' },
    lost: { sentAt: 1_763_700_000_123 },
    isTold: true,
  },
};

/** A job with everything that is written down of one. */
export const fullJob: Full<JobRecord['job']> = {
  id: 'job-1',
  request: fullRequest,
  place: { regionId: 'beijing', baseUrl: 'https://service.example', workspaceId: 'ws-1' },
  folder: 'file:///home/me/assets',
  file: { base: 'fox', replaces: 'file:///home/me/assets/fox.png' },
  price,
  startedAt: 1_763_700_000_000,
  link: {
    document: 'file:///home/me/notes.md',
    offset: 12,
    place: 'belowSelection',
    replaces: {
      text: '<!-- waiting -->',
      target: { start: 1, end: 2 },
      waiting: { lead: '\n', trail: '\n', original: '', wasRemoved: false },
    },
    before: 'before',
    after: 'after',
    linked: ['a-0'],
  },
};

/** The record of a job, at a step. */
export function recordOf(id: string, step: JobStep = { at: 'waiting' }): JobRecord {
  return { job: { ...fullJob, id }, step };
}

/** The same as it lies in its file. */
export function storedRecord(id: string, changes: Partial<StoredRecord> = {}): StoredRecord {
  return { ...recordOf(id), owner: 'dead-window', claim: 1, ...changes };
}
