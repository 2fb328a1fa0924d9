// Loads the full picture of every image message that comes in.
var nim = api.require('nim');
var IMAGE = 1;

nim.onRecvIMMessages(function (received) {
  received.messages.forEach(function (message) {
    if (message.messageType !== IMAGE) return;
    var which = { messageId: message.messageId, sessionId: message.sessionId, sessionType: message.sessionType };
    nim.downloadAttachment(which, function (ret, err) {
      if (err) return console.error(err.errorMessage);
      if (ret.evenType === 'progress') console.log(`${Math.round(ret.progress * 100)} %`);
      if (ret.evenType === 'complete') console.log(`Stored at ${ret.message.path}`);
    });
  });
});
