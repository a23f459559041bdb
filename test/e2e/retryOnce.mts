/**
 * These tests follow the real n8n by the minute, and a busy machine can upset that. A failure is printed, and the test
 * has to pass the second time; whatever is really broken fails twice.
 */
jest.retryTimes(1, { logErrorsBeforeRetry: true });
