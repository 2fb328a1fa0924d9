// A chat page that is pulled down: loads the page of messages before the oldest one that it shows.
var nim = api.require('nim');
var oldest = 0;

function loadEarlier() {
  var page = { sessionId: '64430396', sessionType: 1, limit: 20, startTime: oldest };
  nim.fetchMessageHistory(page, function (ret, err) {
    if (err) return console.error(err.errorMessage);
    ret.messages.forEach(function (message) {
      console.log(`${new Date(message.timestamp).toISOString()} ${message.from}`);
      oldest = message.timestamp;
    });
  });
}

loadEarlier();
