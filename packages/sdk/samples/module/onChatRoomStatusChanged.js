// Shows how the connection to a chat room stands.
var nim = api.require('nim');
var states = ['Entering …', 'Connected', 'Could not enter', 'Connection lost'];

nim.onChatRoomStatusChanged(function (ret) {
  console.log(`Room ${ret.roomId}: ${states[ret.status]}`);
});

nim.enterChatRoom({ roomId: '3002' });
