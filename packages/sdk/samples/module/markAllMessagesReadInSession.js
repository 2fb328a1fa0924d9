// Takes the red number off a conversation when it is opened.
var nim = api.require('nim');

nim.markAllMessagesReadInSession({ sessionId: '1002', sessionType: 0 }, function (ret, err) {
  console.log(ret ? 'No unread messages' : err.errorMessage);
});
