import type { PageMessage } from '../shared/pageMessage';
import type { HostMessage } from '../shared/panelProtocol';
import type { PageMemory } from './pageMemory';

interface VsCodeApi {
  postMessage(message: PageMessage): void;
  /** Unknown, because an older version of the page may have written it. */
  getState(): unknown;
  setState(memory: PageMemory): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The extension host, as the page sees it. */
export interface Host {
  post(message: PageMessage): void;
  recall(): unknown;
  remember(memory: PageMemory): void;
}

/** Connects to the host; can be called once only. */
export function connect(onMessage: (message: HostMessage) => void): Host {
  const api = acquireVsCodeApi();
  window.addEventListener('message', (event: MessageEvent<HostMessage>) => {
    if (event.origin === window.origin) onMessage(event.data);
  });
  return {
    post: (message) => api.postMessage(message),
    recall: () => api.getState(),
    remember: (memory) => api.setState(memory),
  };
}
