import * as vscode from 'vscode';
import { detailsText } from './commands/imageRecipes';
import type { WaitingTexts } from './commands/waitingTexts';
import { imageCodeActions } from './documents/imageCodeActions';
import { ImageHover } from './documents/imageHover';
import { OwnImagePaste } from './documents/ownImagePaste';
import type { ImageLinkFeatures } from './documents/registerImageActions';
import type { OwnImageProvider } from './documents/registerOwnImagePaste';
import { checkTemplates } from './documents/templateCheck';
import { stopUndoingTogether } from './documents/undoTogether';
import type { History } from './history/history';
import type { RequestDefaults } from './settings/requestDefaults';
import { costText } from './ui/priceText';
import { ownPrompt } from './workspace/ownImage';

/** What the features in documents are built from. */
export interface DocumentServicesOptions {
  readonly history: History;
  readonly requests: RequestDefaults;
  readonly waiting: WaitingTexts;
}

/** What documents reach Easel by. */
export interface DocumentServices extends ImageLinkFeatures {
  readonly ownImages: OwnImageProvider;
  /** Puts images in, or takes comments away, that their jobs could not reach while a document was closed. */
  settleWaiting(document: vscode.TextDocument): Promise<void>;
  /** The text of a document that says how an image was made. */
  detailsText(uri: vscode.Uri): Promise<string>;
}

/** The part of the composition that works in documents. */
export function createDocumentServices(options: DocumentServicesOptions) {
  const { history, requests, waiting } = options;
  const hover = new ImageHover({
    modelLabel: (id) => requests.findModel(id)?.label ?? id,
    costOf: async (image) => {
      await history.load();
      const cost = history.imageAt(image.toString())?.job.cost;
      return cost && costText(cost);
    },
  });
  const services: DocumentServices = {
    codeActions: imageCodeActions,
    hover: (document, position, token) => hover.provide(document, position, token),
    ownImages: new OwnImagePaste((image) => ownPrompt(history, image)),
    settleWaiting: (document) => waiting.settle(document),
    detailsText: (uri) => detailsText({ history, requests }, uri),
  };
  const subscription = vscode.Disposable.from(checkTemplates(), {
    dispose: stopUndoingTogether,
  });
  return { services, subscription };
}
