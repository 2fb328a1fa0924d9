// Opens a chat with what the phone has stored, a page at a time.
var nim = api.require('nim');

function showBefore(messageId) {
  var page = { sessionId: '1002', sessionType: 0, limit: 20, messageId: messageId };
  nim.queryMessageHistory(page, function (ret, err) {
    if (err) return console.error(err.errorMessage);
    ret.messages.forEach(function (message) {
      console.log(`${message.from}: ${message.text || `type ${message.messageType}`}`);
    });
  });
}

showBefore('');
