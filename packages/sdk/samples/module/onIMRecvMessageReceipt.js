// Writes "read" under the own messages that the peer has seen.
var nim = api.require('nim');

nim.onIMRecvMessageReceipt(function (receipt) {
  console.log(`${receipt.sessionId} has read everything up to ${new Date(receipt.timestamp).toISOString()}`);
});

nim.sendText({ sessionId: '1002', sessionType: 0, content: 'Did you see this?' });
