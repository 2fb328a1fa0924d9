// Leaves the page of a chat room when its managers put the user out.
var nim = api.require('nim');
var BLACKLISTED = 5;

nim.onChatRoomKickOutEvent(function (ret) {
  console.log(`You are out of room ${ret.roomId}`);
  if (ret.code === BLACKLISTED) console.log('and may not come back');
});

nim.enterChatRoom({ roomId: '3002' });
