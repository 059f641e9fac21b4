import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { findProxy } from '../../../src/settings/networkProxy';

const service = 'https://dashscope.aliyuncs.com';

function proxyFor(
  url: string,
  settings: Readonly<Record<string, unknown>>,
  environment: NodeJS.ProcessEnv = {},
) {
  return findProxy(new URL(url), { get: (key) => settings[key] }, environment);
}

describe('the proxy in force', () => {
  it('is that of the setting before that of the environment', () => {
    const environment = { HTTPS_PROXY: 'http://of-environment:1' };
    deepStrictEqual(proxyFor(service, { proxy: 'http://of-setting:3128' }, environment), {
      address: 'of-setting:3128',
      source: 'http.proxy',
    });
    deepStrictEqual(proxyFor(service, { proxy: '' }, environment), {
      address: 'of-environment:1',
      source: 'HTTPS_PROXY',
    });
  });

  it('is none where nothing names one', () => {
    strictEqual(proxyFor(service, { proxy: undefined, noProxy: [] }), undefined);
  });

  it('of plain http serves https too, but not the other way round', () => {
    strictEqual(proxyFor(service, {}, { http_proxy: 'http://p:8' })?.source, 'http_proxy');
    strictEqual(proxyFor('http://example.com', {}, { https_proxy: 'http://p:8' }), undefined);
  });

  it('is told without its login', () => {
    const address = (proxy: string) => proxyFor(service, { proxy })?.address;
    strictEqual(address('http://me:se%40cret@proxy.corp:3128/'), 'proxy.corp:3128');
    strictEqual(address('me:se@cret@proxy.corp:3128'), 'proxy.corp:3128');
    strictEqual(address('http://me:[bad@proxy.corp:x'), 'proxy.corp:x');
  });

  const proxy = 'http://p:8';
  for (const url of ['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000']) {
    it(`is not used for ${url}`, () => strictEqual(proxyFor(url, { proxy }), undefined));
  }

  it('is not used when VS Code is told to use none', () => {
    strictEqual(proxyFor(service, { proxy, proxySupport: 'off' }), undefined);
  });

  for (const exception of [
    'dashscope.aliyuncs.com',
    '.aliyuncs.com',
    '*.aliyuncs.com',
    'aliyuncs.com',
    'Dashscope.Aliyuncs.com:443',
    '*',
  ]) {
    it(`is not used for what ${exception} excepts`, () => {
      strictEqual(proxyFor(service, { proxy, noProxy: [exception] }), undefined);
      strictEqual(proxyFor(service, { proxy }, { NO_PROXY: `x.com, ${exception}` }), undefined);
    });
  }

  for (const exception of ['scope.aliyuncs.com', 'dashscope.aliyuncs.com:8443', 'aliyuncs', '']) {
    it(`is used in spite of the exception "${exception}"`, () => {
      strictEqual(proxyFor(service, { proxy, noProxy: [exception] })?.address, 'p:8');
    });
  }
});
