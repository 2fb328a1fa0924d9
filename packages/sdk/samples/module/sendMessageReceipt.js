// Tells the sender that a message was read, as soon as it is shown.
var nim = api.require('nim');

nim.onRecvIMMessages(function (ret) {
  var last = ret.messages[ret.messages.length - 1];
  if (last.sessionType !== 0) return;
  var receipt = { messageId: last.messageId, sessionId: last.sessionId, sessionType: 0 };
  nim.sendMessageReceipt(receipt, function (done, err) {
    console.log(done ? `Read: ${last.text}` : err.errorMessage);
  });
});
