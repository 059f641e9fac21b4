import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** A message that was shown. */
interface ShownMessage {
  readonly kind: 'information' | 'warning' | 'error';
  readonly text: string;
  readonly buttons: readonly string[];
}

/** A progress that is shown, or was. */
interface ShownProgress {
  readonly title: string;
  readonly location: vscode.ProgressLocation;
  isOpen: boolean;
  /** Presses Cancel; as in VS Code the progress then goes, whatever comes of it. */
  cancel(): void;
}

/** Stands in for VS Code's messages and progress: the test reads them and presses their buttons. */
export class FakeWindow {
  readonly messages: ShownMessage[] = [];
  readonly progress: ShownProgress[] = [];
  /** Pressed on the first message that has it. */
  readonly toPress: string[] = [];
  /** Such as `Cancelled`. */
  readonly statusTexts: string[] = [];
  readonly #shown = new vscode.EventEmitter<void>();
  readonly #originals = {
    showInformationMessage: vscode.window.showInformationMessage,
    showWarningMessage: vscode.window.showWarningMessage,
    showErrorMessage: vscode.window.showErrorMessage,
    setStatusBarMessage: vscode.window.setStatusBarMessage,
    withProgress: vscode.window.withProgress,
  };

  constructor() {
    const show =
      (kind: ShownMessage['kind']) =>
      async (text: string, ...buttons: string[]) => {
        this.messages.push({ kind, text, buttons });
        this.#shown.fire();
        const pressed = buttons.find((label) => label === this.toPress[0]);
        if (pressed !== undefined) this.toPress.shift();
        return pressed;
      };
    Object.assign(vscode.window, {
      showInformationMessage: show('information'),
      showWarningMessage: show('warning'),
      showErrorMessage: show('error'),
      setStatusBarMessage: (text: string) => {
        this.statusTexts.push(text);
        return { dispose: () => {} };
      },
      withProgress: this.#withProgress,
    });
  }

  texts(): string[] {
    return this.messages.map(({ text }) => text);
  }

  /** Resolves once that many messages were shown, and as many progresses. */
  async until(isThere: (window: this) => boolean): Promise<void> {
    while (!isThere(this)) {
      await new Promise<void>((resolve) => {
        const subscription = this.#shown.event(() => {
          subscription.dispose();
          resolve();
        });
      });
    }
  }

  restore(): void {
    Object.assign(vscode.window, this.#originals);
  }

  readonly #withProgress: typeof vscode.window.withProgress = async (options, task) => {
    const source = new vscode.CancellationTokenSource();
    assert.ok(typeof options.location === 'number');
    const shown: ShownProgress = {
      title: options.title ?? '',
      location: options.location,
      isOpen: true,
      cancel: () => {
        shown.isOpen = false;
        source.cancel();
      },
    };
    this.progress.push(shown);
    this.#shown.fire();
    try {
      return await task({ report: () => {} }, source.token);
    } finally {
      shown.isOpen = false;
      source.dispose();
    }
  };
}
