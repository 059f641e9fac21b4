import * as vscode from 'vscode';

/** A file system whose disk is full: folders and empty files can be made, and nothing can be written. */
export class FullDisk implements vscode.FileSystemProvider {
  readonly #files = new Set<string>();
  readonly onDidChangeFile = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event;

  /** What is left on it. */
  get files(): readonly string[] {
    return [...this.#files];
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => {});
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    const type = this.#files.has(uri.path) ? vscode.FileType.File : vscode.FileType.Directory;
    return { type, ctime: 0, mtime: 0, size: 0 };
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(): void {}

  readFile(): Uint8Array {
    return new Uint8Array();
  }

  writeFile(uri: vscode.Uri, content: Uint8Array): void {
    this.#files.add(uri.path);
    if (content.length > 0) throw new Error('no space left');
  }

  delete(uri: vscode.Uri): void {
    this.#files.delete(uri.path);
  }

  rename(): void {
    throw new Error('no space left');
  }
}
