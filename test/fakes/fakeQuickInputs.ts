import * as vscode from 'vscode';

/** Stands in for VS Code's input boxes and lists: a test types into the one that was opened last, and accepts or leaves it. */
export class FakeQuickInputs {
  readonly opened: FakeQuickInput[] = [];
  readonly #originals = {
    createInputBox: vscode.window.createInputBox,
    createQuickPick: vscode.window.createQuickPick,
  };
  readonly #shown = new vscode.EventEmitter<FakeQuickInput>();

  constructor() {
    const create = (): FakeQuickInput => {
      const input = new FakeQuickInput(() => this.#shown.fire(input));
      this.opened.push(input);
      return input;
    };
    Object.assign(vscode.window, { createInputBox: create, createQuickPick: create });
  }

  /** Resolves with the next one that is shown. */
  next(): Promise<FakeQuickInput> {
    return new Promise((resolve) => {
      const subscription = this.#shown.event((input) => {
        subscription.dispose();
        resolve(input);
      });
    });
  }

  restore(): void {
    Object.assign(vscode.window, this.#originals);
  }
}

interface ItemButtonPress {
  readonly item: vscode.QuickPickItem;
  readonly button: vscode.QuickInputButton;
}

/** What Easel uses of an input box and of a list. */
export class FakeQuickInput {
  title = '';
  prompt = '';
  placeholder = '';
  value = '';
  items: readonly vscode.QuickPickItem[] = [];
  activeItems: readonly vscode.QuickPickItem[] = [];
  selectedItems: readonly vscode.QuickPickItem[] = [];
  buttons: readonly vscode.QuickInputButton[] = [];
  validationMessage: string | vscode.InputBoxValidationMessage | undefined;
  isOpen = false;
  readonly #changed = new vscode.EventEmitter<string>();
  readonly #accepted = new vscode.EventEmitter<void>();
  readonly #pressed = new vscode.EventEmitter<vscode.QuickInputButton>();
  readonly #pressedAt = new vscode.EventEmitter<ItemButtonPress>();
  readonly #hidden = new vscode.EventEmitter<void>();
  readonly onDidChangeValue = this.#changed.event;
  readonly onDidAccept = this.#accepted.event;
  readonly onDidTriggerButton = this.#pressed.event;
  readonly onDidTriggerItemButton = this.#pressedAt.event;
  readonly onDidHide = this.#hidden.event;

  constructor(private readonly onShow: () => void) {}

  show(): void {
    this.isOpen = true;
    this.onShow();
  }

  hide(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.#hidden.fire();
  }

  dispose(): void {
    this.hide();
  }

  type(text: string): void {
    this.value = text;
    this.#changed.fire(text);
  }

  /** Presses Enter, in a list on the item with this label. */
  accept(label?: string): void {
    this.selectedItems = this.items.filter((item) => item.label === label);
    this.#accepted.fire();
  }

  /** Presses Enter in a list of several choices, with those that are ticked. */
  acceptTicked(): void {
    this.#accepted.fire();
  }

  /** Presses a button of a list's item; resolves when what it does without waiting for anybody is done. */
  async pressAt(label: string, tooltip: string): Promise<void> {
    const item = this.items.find((each) => each.label === label);
    const button = item?.buttons?.find((each) => each.tooltip === tooltip);
    if (item && button) this.#pressedAt.fire({ item, button });
    await new Promise((done) => setImmediate(done));
  }

  press(tooltip: string): void {
    const button = this.buttons.find((each) => each.tooltip === tooltip);
    if (button) this.#pressed.fire(button);
  }
}
