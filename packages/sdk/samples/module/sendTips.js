// Writes a grey hint line into a chat.
var nim = api.require('nim');

var hint = { sessionId: '1002', sessionType: 0, content: 'You are friends now', ext: { icon: 'hand' } };
nim.sendTips(hint, function (ret, err) {
  console.log(ret ? ret.message.text : err.errorMessage);
});
