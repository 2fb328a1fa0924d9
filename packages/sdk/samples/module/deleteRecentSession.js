// Swipes a conversation off the list; its messages stay.
var nim = api.require('nim');

nim.deleteRecentSession({ sessionId: '1002', sessionType: 0 }, function (ret, err) {
  console.log(ret ? 'Off the list' : err.errorMessage);
});
