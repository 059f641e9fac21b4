/**
 * The service forgets a task, and its pictures, after a day; so does its list. In milliseconds.
 * https://help.aliyun.com/zh/model-studio/manage-asynchronous-tasks
 */
export const taskLifetimeMs = 24 * 60 * 60 * 1_000;
