// The list of conversations: one row each, the newest first.
var nim = api.require('nim');

nim.allRecentSession(function (ret, err) {
  if (err) {
    // Nobody has written anything yet: the module calls that an error.
    console.log(err.errorCode === -1 ? 'No conversations' : err.errorMessage);
    return;
  }
  ret.messages.forEach(function (session) {
    var last = session.lastMessage;
    console.log(`${last.sessionId} (${session.unreadCount} unread): ${last.text || 'no text'}`);
  });
});
