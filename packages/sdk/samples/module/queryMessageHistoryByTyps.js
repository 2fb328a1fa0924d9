// The album of a chat: pictures and videos that the phone has stored.
var nim = api.require('nim');
var IMAGE = 1;
var VIDEO = 3;

var page = { sessionId: '1002', sessionType: 0, limit: 50, messageId: '', types: [IMAGE, VIDEO] };
nim.queryMessageHistoryByTyps(page, function (ret, err) {
  if (err) return console.error(err.errorMessage);
  ret.messages.forEach(function (message) {
    console.log(`${message.displayName}: ${message.url}`);
  });
});
