import type { PageMessage } from '../../src/shared/pageMessage';
import type { PanelStrings } from '../../src/shared/pageStrings';
import type { HostMessage } from '../../src/shared/panelProtocol';
import { createCompareView } from '../../src/webview/compare/compareView';
import { h } from '../../src/webview/dom';

// The comparison by itself, as tests open it: what the Studio gives it is here but a button and a line.

declare function acquireVsCodeApi(): { postMessage(message: PageMessage): void };

const strings = JSON.parse(document.getElementById('strings')?.textContent ?? '') as PanelStrings;
const api = acquireVsCodeApi();
const status = h('p', { role: 'status' });
const view = createCompareView({
  strings: strings.compare,
  post: (message) => api.postMessage(message),
  announce: (text) => {
    status.textContent = text;
  },
});
const opener = h('button', { type: 'button', id: 'opener' }, 'Opener');
document.body.append(h('main', {}, h('h1', {}, 'Page'), opener, status), view.element);
opener.focus();

Object.assign(globalThis, { removeImages: view.remove });
window.addEventListener('message', ({ data }: MessageEvent<HostMessage>) => {
  if (data.type === 'compare') view.show(data.images);
});
