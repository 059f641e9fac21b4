import type * as vscode from 'vscode';
import type { InputImage } from '../imageModel/inputImage';
import type { PageMessage } from '../shared/pageMessage';
import type { Draft, HostMessage } from '../shared/panelProtocol';
import type { PanelJobs } from './panelJobs';
import type { PanelServices } from './panelServices';

/** The panel's webview, as the controller needs it. */
export interface PanelView {
  toWebviewUri(uri: vscode.Uri): vscode.Uri;
  /** Whether the page may show the file. */
  mayShow(uri: string): boolean;
  post(message: HostMessage): void;
}

/** What the handlers of the page's messages share. */
export interface PanelContext {
  readonly services: PanelServices;
  readonly view: PanelView;
  readonly jobs: PanelJobs;
  /** As it is on the page, as far as is known here. */
  draft(): Draft | undefined;
  /** To the page; dropped while it is not there, since it gets everything when it comes. */
  post(message: HostMessage): void;
  /** Posts everything but the form. */
  refresh(): Promise<void>;
  /** Puts input images into the form. @throws ImageGenerationError for a file that cannot be read */
  addInputs(images: readonly InputImage[], target?: 'images' | 'mask'): Promise<void>;
}

/** A handler for each of these messages; what it throws is shown to the person. */
export type HandlersOf<Type extends PageMessage['type']> = {
  readonly [T in Type]: (message: Extract<PageMessage, { type: T }>) => unknown;
};
