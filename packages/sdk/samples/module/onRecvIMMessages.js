// Adds new messages to the chat that is open, and counts the others.
var nim = api.require('nim');
var openChat = '1002';
var elsewhere = 0;

nim.onRecvIMMessages(function (ret) {
  ret.messages.forEach(function (message) {
    if (message.sessionId !== openChat) console.log(`${++elsewhere} new elsewhere`);
    else if (message.messageType === 0) console.log(`${message.from}: ${message.text}`);
    else console.log(`${message.from} sent something of type ${message.messageType}`);
  });
});
