// Empties a chat on this phone.
var nim = api.require('nim');

nim.clearChattingHistory({ sessionId: '1002', sessionType: 0 }, function (ret, err) {
  console.log(ret ? 'Nothing left here' : err.errorMessage);
});
