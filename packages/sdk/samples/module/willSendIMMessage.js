// Puts a message into the chat at once, marked as "sending" until its send calls back.
var nim = api.require('nim');
var sending = {};

nim.willSendIMMessage(function (ret) {
  sending[ret.messageId] = true;
  console.log(`Sending to ${ret.sessionId}: ${ret.content}`);
});

nim.sendText({ sessionId: '1002', sessionType: 0, content: 'On my way' }, function (ret, err) {
  if (err) console.error(err.errorMessage);
  else delete sending[ret.message.messageId];
});
