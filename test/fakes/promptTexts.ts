import type { PromptStrings } from '../../src/shared/promptProtocol';

export const promptTexts: PromptStrings = {
  style: 'Prompt Style',
  noStyle: 'No Style',
  styleSources: { builtIn: 'Built In', project: 'Project Styles', user: 'Your Styles' },
  editStyles: 'Edit Project Styles…',
  styleGone: 'This style is no longer there; the prompt is sent as typed.',
  willBeSent: 'Will be sent:',
  willBeRewritten: 'The service will rewrite the prompt.',
  earlierPrompts: 'Earlier Prompts…',
  savePrompt: 'Save Prompt',
  promptSaved: 'Prompt saved',
  promptRemoved: 'Prompt removed from the saved ones',
  keepSeed: 'Keep This Seed',
  rollSeed: 'Roll a New Seed',
  dropHint: 'Paste or drop images. From VS Code, hold Shift.',
  fileTooLarge: '"{0}" is larger than 20 MB, which no model takes.',
  fileNoImage: '"{0}" is not an image that Easel can read.',
};
