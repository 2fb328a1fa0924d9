/** Key of the timer that ends a call that nobody answers. */
export const ringTimerKey = (callId: string): string => `call ${callId} ring`;

/** Key of the timer with which an answered call is up. */
export const connectTimerKey = (callId: string): string => `call ${callId} connect`;

/** Key of the timer that ends a call in which a device lost its network. */
export const lostTimerKey = (callId: string, account: string, deviceId: string): string =>
  `call ${callId} lost ${account} ${deviceId}`;
