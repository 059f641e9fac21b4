import * as vscode from 'vscode';
import { findProxy, type NetworkProxy } from './networkProxy';

/** The proxy that VS Code sends a request to this address through. */
export function currentProxy(address: string): NetworkProxy | undefined {
  return findProxy(new URL(address), vscode.workspace.getConfiguration('http'), process.env);
}
