import assert from 'node:assert/strict';
import { parseEndpoint } from '../../../src/settings/endpoint';

describe('parseEndpoint', () => {
  it('takes an https address and keeps its origin only', () => {
    assert.equal(parseEndpoint('https://proxy.example:8443/api/v1'), 'https://proxy.example:8443');
  });

  it('takes http to this machine', () => {
    for (const host of ['localhost:1', '127.0.0.1:1', '127.1.2.3:1', '[::1]:1']) {
      assert.equal(parseEndpoint(`http://${host}/`), `http://${host}`);
    }
  });

  it('is not there when empty', () => {
    assert.equal(parseEndpoint(''), undefined);
  });

  it('refuses what would send the key in the open, or to nowhere', () => {
    const bad = [
      'http://dashscope.aliyuncs.com',
      'http://localhost.evil.example',
      'http://127.0.0.1.evil.example',
      'dashscope.aliyuncs.com',
      'file:///etc/passwd',
      'https://user:password@proxy.example',
      'javascript:alert(1)',
    ];
    for (const address of bad) {
      assert.throws(() => parseEndpoint(address), { code: 'EndpointInvalid' }, address);
    }
  });
});
