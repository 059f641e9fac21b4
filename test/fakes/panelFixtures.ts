import { modelCatalog } from '../../src/dashscope/modelCatalog';
import type { ImageSize } from '../../src/imageModel/imageModel';
import {
  type PaletteColor,
  type ParameterName,
  parameterNames,
} from '../../src/imageModel/parameters';
import type { PanelStrings, ParameterStrings } from '../../src/shared/pageStrings';
import type {
  Draft,
  HostMessage,
  PanelImage,
  PanelInput,
  PanelJob,
  PanelModel,
  PanelState,
} from '../../src/shared/panelProtocol';
import { emptyDraft } from '../../src/webview/draft';
import { compareTexts } from './compareTexts';
import { fillTexts } from './fillTexts';
import { galleryTexts } from './galleryTexts';
import { promptTexts } from './promptTexts';

/** The labels that tests look for; the others are called by their names. */
const parameterTexts: Partial<Record<ParameterName, ParameterStrings>> = {
  promptExtend: { label: 'Extend the prompt', hint: 'The service rewrites a short prompt.' },
  watermark: { label: 'Add a watermark' },
  style: { label: 'Style' },
  editFunction: { label: 'Kind of edit' },
  strength: { label: 'Strength', hint: 'At 0 the image stays; at 1 it changes most.' },
  topScale: { label: 'Expand at the top' },
  upscaleFactor: { label: 'Enlarge by' },
  sequential: { label: 'Make a set' },
  colorPalette: { label: 'Color palette', hint: 'Their shares add up to 100%.' },
  boxes: { label: 'Areas to edit' },
};
// Object.fromEntries forgets the names.
const namedByThemselves = Object.fromEntries(
  parameterNames.map((name) => [name, { label: name }]),
) as Record<ParameterName, ParameterStrings>;

/** English texts for the page; the real ones come from VS Code, and are not needed to see how the page behaves. */
export const panelTexts: PanelStrings = {
  gallery: galleryTexts,
  compare: compareTexts,
  promptTools: promptTexts,
  fill: fillTexts,
  title: 'Studio',
  formTitle: 'New images',
  prompt: 'Prompt',
  promptPlaceholder: 'Describe the image',
  promptNeeded: 'The prompt is empty.',
  model: 'Model',
  size: 'Size',
  customSize: 'Custom',
  width: 'Width in pixels',
  height: 'Height in pixels',
  count: 'Images',
  countUpTo: 'Images, at most',
  fewerImages: 'Fewer images',
  moreImages: 'More images',
  seed: 'Seed',
  seedPlaceholder: 'Random',
  randomSeed: 'Random seed each time',
  negativePrompt: 'Negative prompt',
  negativePromptPlaceholder: 'What the image should not show',
  parameters: { ...namedByThemselves, ...parameterTexts },
  choiceNames: { '<auto>': 'Automatic', '<anime>': 'Anime', expand: 'Expand the image' },
  images: 'Input images',
  addImage: 'Add Image…',
  mask: 'Mask',
  addMask: 'Add Mask…',
  removeInput: 'Remove {0}',
  moveInputLeft: 'Move {0} to the left',
  moveInputRight: 'Move {0} to the right',
  useAsReference: 'Use as Reference',
  addColor: 'Add Color',
  color: 'Color {0}',
  colorShare: 'Share in percent',
  removeColor: 'Remove color {0}',
  evenShares: 'Even shares',
  addBox: 'Add Box',
  boxesOfImage: 'Image {0}',
  boxLeft: 'Left edge',
  boxTop: 'Top edge',
  boxRight: 'Right edge',
  boxBottom: 'Bottom edge',
  boxSides: ['Left', 'Top', 'Right', 'Bottom'],
  drawBoxes: 'Draw on the image.',
  mostBoxes: 'At most {0} per image',
  removeBox: 'Remove box {0}',
  shapeOfImage: 'like the image',
  sizeFollowsImage: 'Follows the input image',
  notSet: 'Not set',
  otherModel: 'Other model…',
  moreOptions: 'More options',
  generate: 'Generate',
  generateKey: 'Ctrl+Enter',
  generateKeyMac: '⌘Enter',
  cancel: 'Cancel',
  cancelling: 'Cancelling…',
  maybeBilled: 'May have been billed',
  maybeBilledTwice: 'You may pay twice.',
  retryLabels: { fetch: 'Fetch Again', again: 'Try Again', maybeBilled: 'Send Again' },
  actionLabels: {
    setApiKey: 'Set API Key',
    openConsole: 'Open Console',
    selectModel: 'Select Model',
    openProxySettings: 'Proxy Settings',
    openEndpointSetting: 'Open Setting',
    openWorkspaceSetting: 'Open Setting',
    openFolderSetting: 'Open Setting',
    openFolder: 'Open Folder',
    manageTrust: 'Manage Trust',
    checkConnection: 'Check Connection',
    showLog: 'Show Log',
  },
  results: 'Results',
  insert: 'Insert into Editor',
  open: 'Open',
  copyPath: 'Copy Path',
  reveal: 'Reveal in Explorer',
  insertAll: 'Insert All',
  insertTextAndImages: 'Insert Text and Images',
  copyText: 'Copy Text',
  fileGone: 'The file is no longer there',
  openImage: 'Open {0}',
  imageActions: 'Actions for {0}',
  pathCopied: 'Path copied',
  textCopied: 'Text copied',
  imageCopied: 'Image copied',
  imageNotCopied: 'The image could not be copied.',
  showMore: 'Show more',
  showLess: 'Show less',
  usePrompt: 'Use This Prompt Again',
  replacePrompt: 'Replace the prompt that you typed?',
  replace: 'Replace',
  keepMine: 'Keep Mine',
  queueTab: 'Jobs',
  historyTab: 'History',
  cancelAll: 'Cancel All',
  dismiss: 'Dismiss',
  dismissEnded: 'Clear Ended Jobs',
  aboutTime: 'about {0}',
  noKeyTitle: 'Add your API key to begin',
  noKeyText: 'Images are generated with your own key.',
  offline: 'You are offline.',
  emptyTitle: 'Your images will appear here',
  emptyText: 'Write a prompt and generate.',
  seconds: '{0} s',
  minutesSeconds: '{0} min {1} s',
  charactersUsed: '{0} / {1} characters',
  tokensUsed: '≈ {0} / {1} tokens',
  imagesReady: 'Images ready: {0}',
};

/** The real models of Beijing, as the panel offers them there. */
export const beijingModels: readonly PanelModel[] = modelCatalog
  .filter(({ regions }) => regions.includes('cn-beijing'))
  .map((model) => ({ ...model, priceText: 'price not known' }));

/** A form with the model's defaults but for these values. @throws for a model that Beijing does not have. */
export function draftOf(modelId: string, values: Partial<Draft> = {}): Draft {
  const model = beijingModels.find(({ id }) => id === modelId);
  if (!model) throw new Error(`Beijing has no model ${modelId}`);
  return { ...emptyDraft(model), ...values };
}

/** A prompt too long for the two lines that a job shows of it. */
export const longPrompt = 'A small harbour town at dusk, seen from the sea. '.repeat(12).trim();

/** When the jobs below began, in milliseconds since the epoch. */
export const jobsBeganAt = Date.UTC(2026, 0, 5, 9);

function panelJob(id: string, values: Partial<PanelJob>): PanelJob {
  return {
    id,
    prompt: 'a red fox in the snow',
    modelLabel: 'Qwen-Image 2.0 Pro',
    size: { width: 2048, height: 2048 },
    count: 1,
    startedAt: jobsBeganAt,
    status: 'running',
    text: '',
    cancelText: '',
    isCancelling: false,
    retry: 'none',
    actions: [],
    canDismiss: false,
    images: [],
    ...values,
  };
}

function panelImage(name: string, size: ImageSize): PanelImage {
  return { id: `image-${name}`, src: `images/${name}.png`, fileName: `${name}.png`, size };
}

const square: ImageSize = { width: 2048, height: 2048 };

/** Two images on their way. */
export const runningJob = panelJob('running', {
  count: 2,
  text: 'Painting',
  cancelText: 'The service has begun: billed in any case.',
});

/** It waits for its turn. */
export const waitingJob = panelJob('waiting', {
  prompt: 'a lighthouse at dusk',
  text: 'Waiting for a free slot, next try in 4 s',
  cancelText: 'Nothing is sent yet; cancelling is free.',
});

/** Its answer was lost. */
export const uncertainJob = panelJob('uncertain', {
  status: 'uncertain',
  prompt: 'an owl at night',
  text: "The answer to the request was lost, and the service's list of tasks shows none like it.",
  endedAt: jobsBeganAt + 3000,
  retry: 'maybeBilled',
  actions: ['openConsole', 'showLog'],
});

/** The same job when both are there. */
export const finishedJob: PanelJob = {
  ...runningJob,
  status: 'saved',
  text: '',
  cancelText: '',
  endedAt: jobsBeganAt + 12_000,
  images: ['fox-1', 'fox-2'].map((name) => panelImage(name, square)),
};

/** One wide image with a Chinese prompt. */
export const savedJob = panelJob('saved', {
  prompt: '雪山日出，湖面倒影，水彩画风格',
  size: { width: 2688, height: 1536 },
  status: 'saved',
  endedAt: jobsBeganAt + 65_000,
  images: [panelImage('雪山日出', { width: 2688, height: 1536 })],
});

/** Two of three tall images, with a sentence on the third. */
const partialJob = panelJob('partial', {
  size: { width: 960, height: 1696 },
  count: 3,
  status: 'saved',
  text: '1 of 3 images could not be made: the service refused it for its content.',
  endedAt: jobsBeganAt + 78_000,
  images: ['tall-1', 'tall-2'].map((name) => panelImage(name, { width: 960, height: 1696 })),
});

/** Saved, but its file has been taken away since. */
export const goneJob = panelJob('gone', {
  status: 'saved',
  endedAt: jobsBeganAt + 9000,
  images: [panelImage('gone', { width: 2048, height: 2048 })],
});

/** Refused, with a way to try again. */
export const failedJob = panelJob('failed', {
  prompt: longPrompt,
  status: 'failed',
  text: 'The service refused the prompt because of its content.',
  endedAt: jobsBeganAt + 3000,
  retry: 'again',
  actions: ['showLog'],
});

/** Cancelled before anything was made. */
export const cancelledJob = panelJob('cancelled', {
  status: 'cancelled',
  text: 'Cancelled before the service began; nothing is billed.',
  endedAt: jobsBeganAt + 2000,
});

/** One job of every kind. */
export const everyJob = [
  runningJob,
  waitingJob,
  savedJob,
  partialJob,
  failedJob,
  uncertainJob,
  cancelledJob,
];

/** Input images as the host names them: a wide one, a tall one, and one in the web. */
export const wideInput: PanelInput = {
  id: 'wide',
  src: 'images/wide.png',
  name: 'wide.png',
  size: { width: 1600, height: 900 },
};
export const tallInput: PanelInput = {
  id: 'tall',
  src: 'images/tall.png',
  name: 'tall.png',
  size: { width: 900, height: 1600 },
};
export const webInput: PanelInput = {
  id: 'web',
  name: 'fox.png',
  address: 'https://example.com/fox.png',
};

/** Three colours that make 100 percent. */
export const palette: readonly PaletteColor[] = [
  { hex: '#2b4c7e', ratio: 50 },
  { hex: '#e8a33d', ratio: 30.5 },
  { hex: '#f4efe6', ratio: 19.5 },
];

/** What the host sends: Beijing, with a key and no jobs, but for these values; the form is filled when a draft is given. */
export function stateMessage(draft?: Draft, values: Partial<PanelState> = {}): HostMessage {
  const state = {
    models: beijingModels,
    regionLabel: 'Beijing',
    inputs: [wideInput, tallInput, webInput],
    hasApiKey: true,
    notices: [],
    styles: [],
    prompts: { recent: [], saved: [] },
    jobs: [],
  };
  return { type: 'state', state: { ...state, ...values }, ...(draft && { draft }) };
}
