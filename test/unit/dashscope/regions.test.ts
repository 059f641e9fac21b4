import { deepStrictEqual, ok, strictEqual, throws } from 'node:assert/strict';
import {
  findRegion,
  isCustomEndpoint,
  isRegionHost,
  isWorkspaceHost,
  keyOrigin,
  type Region,
  regions,
  regionUrl,
} from '../../../src/dashscope/regions';

function region(id: string): Region {
  const found = findRegion(id);
  ok(found);
  return found;
}

const shared = { prefersWorkspaceHost: false };
const own = { prefersWorkspaceHost: true, workspaceId: 'LLM-1a' };

describe('the regions', () => {
  it('are those of the documents, with their shared hosts', () => {
    deepStrictEqual(
      regions.map((row: Region) => [row.id, row.classicUrl, row.currency, row.hasUploads]),
      [
        ['cn-beijing', 'https://dashscope.aliyuncs.com', 'CNY', true],
        ['ap-southeast-1', 'https://dashscope-intl.aliyuncs.com', 'USD', true],
        ['us-east-1', 'https://dashscope-us.aliyuncs.com', 'USD', false],
        ['eu-central-1', undefined, 'USD', false],
        ['ap-northeast-1', undefined, 'USD', false],
        ['cn-hongkong', undefined, 'USD', false],
      ],
    );
  });

  it('have origins of their own, without a trailing slash, and a page for keys', () => {
    const origins = regions.map((row) => keyOrigin(row));
    strictEqual(new Set(origins).size, regions.length);
    for (const origin of origins) strictEqual(new URL(origin).origin, origin);
    for (const { keysUrl } of regions) strictEqual(new URL(keysUrl).protocol, 'https:');
  });

  it('are reached by the shared host unless the workspace host is preferred', () => {
    const beijing = region('cn-beijing');
    strictEqual(regionUrl(beijing, shared), 'https://dashscope.aliyuncs.com');
    strictEqual(
      regionUrl(beijing, { ...own, prefersWorkspaceHost: false }),
      'https://dashscope.aliyuncs.com',
    );
    strictEqual(regionUrl(beijing, own), 'https://llm-1a.cn-beijing.maas.aliyuncs.com');
  });

  it('without a shared host need a workspace', () => {
    const tokyo = region('ap-northeast-1');
    strictEqual(
      regionUrl(tokyo, { ...own, prefersWorkspaceHost: false }),
      'https://llm-1a.ap-northeast-1.maas.aliyuncs.com',
    );
    throws(() => regionUrl(tokyo, shared), { kind: 'invalidRequest', code: 'WorkspaceNeeded' });
  });

  it('let no workspace id lead to another host', () => {
    for (const workspaceId of ['evil.example/', 'a.b', 'a@b', 'a b', '-a', '', 'ä']) {
      throws(() => regionUrl(region('cn-beijing'), { ...own, workspaceId }), {
        code: 'WorkspaceInvalid',
      });
    }
  });

  it('know their own hosts', () => {
    const beijing = region('cn-beijing');
    const workspaceUrl = regionUrl(beijing, own);
    deepStrictEqual(
      [isWorkspaceHost(workspaceUrl), isRegionHost(beijing, workspaceUrl)],
      [true, true],
    );
    strictEqual(isRegionHost(region('us-east-1'), workspaceUrl), false);
    strictEqual(isWorkspaceHost('https://dashscope.aliyuncs.com'), false);
    strictEqual(isWorkspaceHost('https://a.cn-beijing.maas.aliyuncs.com.evil.example'), false);
    strictEqual(isCustomEndpoint('cn-beijing', 'https://dashscope.aliyuncs.com'), false);
    strictEqual(isCustomEndpoint('cn-beijing', workspaceUrl), false);
    strictEqual(isCustomEndpoint('cn-beijing', 'https://dashscope-intl.aliyuncs.com'), true);
    strictEqual(isCustomEndpoint('cn-beijing', 'http://127.0.0.1:9000'), true);
    strictEqual(isCustomEndpoint('mars', 'https://dashscope.aliyuncs.com'), true);
  });
});
