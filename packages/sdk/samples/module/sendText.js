// The send button of a chat: sends what was typed, with the app's own data beside it.
var nim = api.require('nim');
var typed = 'Lunch at half past twelve?';

var draft = { sessionId: '1002', sessionType: 0, content: typed, ext: { mood: 'hungry' } };
nim.sendText(draft, function (ret, err) {
  if (err) {
    console.error(err.errorCode === 7101 ? 'You are on the blacklist of this user' : err.errorMessage);
    return;
  }
  console.log(`Sent at ${new Date(ret.message.timestamp).toLocaleTimeString()}`);
});
