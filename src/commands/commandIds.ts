/** Every command of the manifest; ids are part of the product's interface. */
export const commandIds = [
  'easel.generateImage',
  'easel.generateFromSelection',
  'easel.generateHere',
  'easel.editImage',
  'easel.useAsReference',
  'easel.openStudio',
  'easel.selectModel',
  'easel.setApiKey',
  'easel.removeApiKey',
  'easel.checkConnection',
  'easel.showLog',
] as const;

/** The id of a command of the manifest. */
export type CommandId = (typeof commandIds)[number];
