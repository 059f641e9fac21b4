import assert from 'node:assert/strict';
import {
  type SettingKey,
  settingDefaults,
  settingSchemas,
} from '../../../src/settings/settingsSchema';

function takes(key: SettingKey, value: unknown): boolean {
  return settingSchemas[key].safeParse(value).success;
}

describe('the schemas of the settings', () => {
  it('take the defaults', () => {
    for (const [key, value] of Object.entries(settingDefaults)) {
      // Its keys are the settings'.
      assert.ok(takes(key as SettingKey, value), key);
    }
  });

  it('take any model id but an empty one', () => {
    assert.ok(takes('easel.model', 'wan9'));
    assert.ok(!takes('easel.model', ''));
    assert.ok(!takes('easel.model', 9));
  });

  it('know the six regions and the two kinds of host', () => {
    for (const id of ['cn-beijing', 'us-east-1', 'eu-central-1', 'cn-hongkong']) {
      assert.ok(takes('easel.region', id), id);
    }
    assert.ok(!takes('easel.region', 'us-west-1'));
    assert.ok(takes('easel.host', 'workspace'));
    assert.ok(!takes('easel.host', 'dashscope.aliyuncs.com'));
  });

  it('take workspace ids as texts', () => {
    assert.ok(takes('easel.workspaceIds', { 'cn-beijing': 'llm-1a2b3c' }));
    assert.ok(!takes('easel.workspaceIds', { 'cn-beijing': 1 }));
    assert.ok(!takes('easel.workspaceIds', 'llm-1a2b3c'));
  });
});
