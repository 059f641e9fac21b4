import { l10n } from 'vscode';
import type { FillStrings } from '../../shared/fillProtocol';

/** The texts of the plan of missing images in the language of VS Code. */
export function fillTexts(): FillStrings {
  return {
    tab: l10n.t('Fill'),
    title: l10n.t('Missing images in {0}'),
    oneMissing: l10n.t('1 image is missing'),
    manyMissing: l10n.t('{0} images are missing'),
    inDocuments: l10n.t('in {0} documents'),
    changeModel: l10n.t('Change Model…'),
    lookAgain: l10n.t('Look Again'),
    close: l10n.t('Close Plan'),
    selectAll: l10n.t('Select All'),
    selected: l10n.t('{0} of {1} selected'),
    generateOne: l10n.t('Generate 1 Image'),
    generateMany: l10n.t('Generate {0} Images'),
    resumeOne: l10n.t('Resume: 1 Image'),
    resumeMany: l10n.t('Resume: {0} Images'),
    nothingSelected: l10n.t('Select images that have a prompt.'),
    stop: l10n.t('Stop'),
    stopping: l10n.t('Stopping…'),
    progress: l10n.t('{0} of {1} done'),
    failed: l10n.t('{0} failed'),
    finished: l10n.t('Finished: {0} images'),
    emptyTitle: l10n.t('Nothing is missing'),
    emptyText: l10n.t('No image is missing in {0}.'),
    include: l10n.t('Generate {0}'),
    prompt: l10n.t('Prompt for {0}'),
    promptPlaceholder: l10n.t('Describe the image'),
    size: l10n.t('Size of {0}'),
    line: l10n.t('line {0}'),
    newFile: l10n.t('New image'),
    reveal: l10n.t('Show in the Document'),
    openImage: l10n.t('Open {0}'),
    autoSize: l10n.t('Automatic'),
  };
}
