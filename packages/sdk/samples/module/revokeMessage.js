// Takes a message back that went to the wrong person.
var nim = api.require('nim');

function takeBack(message) {
  var which = { messageId: message.messageId, sessionId: message.sessionId, sessionType: message.sessionType };
  nim.revokeMessage(which, function (ret, err) {
    if (ret) console.log('Nobody will read it');
    else console.error(err.errorCode === 508 ? 'Too late' : err.errorMessage);
  });
}

nim.sendText({ sessionId: '1002', sessionType: 0, content: 'Darling' }, function (ret) {
  if (ret) takeBack(ret.message);
});
