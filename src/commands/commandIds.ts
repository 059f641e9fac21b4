/** Every command of the manifest; ids are part of the product's interface. */
export const commandIds = [
  'easel.generateImage',
  'easel.generateFromSelection',
  'easel.generateHere',
  'easel.editImage',
  'easel.useAsReference',
  'easel.insertImage',
  'easel.showDetails',
  'easel.usePrompt',
  'easel.useSeed',
  'easel.useAll',
  'easel.remixImage',
  'easel.toggleFavourite',
  'easel.copyImage',
  'easel.copyMarkdown',
  'easel.copyImagePath',
  'easel.openImage',
  'easel.revealImage',
  'easel.compareImages',
  'easel.compareWithGit',
  'easel.deleteImage',
  'easel.openStudio',
  'easel.selectModel',
  'easel.setApiKey',
  'easel.removeApiKey',
  'easel.checkConnection',
  'easel.showLog',
  'easel.insertPlaceholder',
  'easel.findUnusedImages',
] as const;

/** The id of a command of the manifest. */
export type CommandId = (typeof commandIds)[number];
