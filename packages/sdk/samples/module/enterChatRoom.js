// Enters a chat room under a name of its own.
var nim = api.require('nim');

nim.enterChatRoom(
  {
    roomId: '3002',
    nickName: 'Captain Ann',
    avatar: 'https://img.example.com/captain.png',
    extension: { level: 7 },
    notifyExtension: { entrance: 'ship' },
  },
  function (ret, err) {
    if (ret) console.log('You are inside');
    else console.error(err.errorCode === 13003 ? 'You may not enter this room' : err.errorMessage);
  },
);
